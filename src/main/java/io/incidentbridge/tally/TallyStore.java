package io.incidentbridge.tally;

import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The shared counts of an hour each, added up over a period. */
@ApplicationScoped
public class TallyStore {

    /** The file of Lua functions for scripts that count together with something else. */
    public static final String LIBRARY = "tally_count";

    private static final long HOUR = 3_600_000;
    private static final int HOURS = 24;

    private final RedisCommands redis;

    TallyStore(RedisCommands redis) {
        this.redis = redis;
    }

    /**
     * The counts by name.
     *
     * @param prefixes of the days' keys: one for each hash tag they are spread over
     * @param from     a whole hour
     * @param to       a whole hour, not included
     */
    public Uni<Map<String, Long>> sum(List<String> prefixes, Instant from, Instant to) {
        long first = from.toEpochMilli() / HOUR;
        long end = to.toEpochMilli() / HOUR;
        Map<String, Long> sums = new HashMap<>();
        // Day by day: some thousand commands at once would hold up others'.
        return Multi.createFrom()
                .items(LongStream.rangeClosed(first / HOURS, Math.max(first, end - 1) / HOURS)
                        .boxed())
                .onItem()
                .transformToUniAndConcatenate(day -> days(prefixes, day)
                        .invoke(found -> found.forEach(counts -> add(counts, day, first, end, sums))))
                .onItem()
                .ignoreAsUni()
                .replaceWith(sums);
    }

    private Uni<List<Response>> days(List<String> prefixes, long day) {
        return Uni.join()
                .all(prefixes.stream()
                        .map(prefix -> redis.send(Command.HGETALL, prefix + day))
                        .toList())
                .andFailFast();
    }

    private static void add(Response counts, long day, long first, long end, Map<String, Long> sums) {
        for (String field : counts.getKeys()) {
            long hour = day * HOURS + Long.parseLong(field.substring(0, 2));
            if (hour >= first && hour < end) {
                sums.merge(field.substring(3), counts.get(field).toLong(), Long::sum);
            }
        }
    }
}
