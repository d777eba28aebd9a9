package io.incidentbridge.outbox;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A member of a sorted set by time.
 *
 * @param at ms since epoch
 */
public record ScoredMember(String member, long at) {

    /** A reply WITHSCORES: pairs one after the other in RESP2, each a list of its own in RESP3. */
    public static List<ScoredMember> of(Response reply) {
        List<Response> flat = OutboxQueue.list(reply).stream()
                .flatMap(part -> part.type() == ResponseType.MULTI ? OutboxQueue.list(part).stream() : Stream.of(part))
                .toList();
        List<ScoredMember> members = new ArrayList<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            long at = (long) Double.parseDouble(flat.get(i + 1).toString());
            members.add(new ScoredMember(flat.get(i).toString(), at));
        }
        return members;
    }
}
