package io.incidentbridge.wrapup;

import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.outbox.Shard;
import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which conversation left a ticket, as long as the bridge knows what became of wrap-ups. */
@ApplicationScoped
public class WrapUpTickets {

    private final Outbox outbox;
    private final RedisCommands redis;

    WrapUpTickets(Outbox outbox, RedisCommands redis) {
        this.outbox = outbox;
        this.redis = redis;
    }

    /**
     * Conversations by the tickets they were written to; tickets the bridge did not write to are left out.
     *
     * @param sysIds a hundred at most, in lower case
     */
    public Uni<Map<String, String>> conversations(List<String> sysIds) {
        return sysIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : Uni.join()
                        .all(outbox.shards().stream()
                                .map(shard -> on(shard, sysIds))
                                .toList())
                        .andFailFast()
                        .map(replies -> byTicket(sysIds, replies));
    }

    private Uni<Response> on(Shard shard, List<String> sysIds) {
        return redis.send(
                Command.MGET,
                sysIds.stream().map(sysId -> shard.prefix() + "ticket:" + sysId).toArray(String[]::new));
    }

    /** A ticket that several conversations wrote to belongs to one of them, always the same one. */
    private static Map<String, String> byTicket(List<String> sysIds, List<Response> shards) {
        Map<String, String> found = new HashMap<>();
        for (Response replies : shards) {
            for (int i = 0; i < sysIds.size(); i++) {
                if (replies.get(i) != null) {
                    found.putIfAbsent(sysIds.get(i), replies.get(i).toString());
                }
            }
        }
        return found;
    }
}
