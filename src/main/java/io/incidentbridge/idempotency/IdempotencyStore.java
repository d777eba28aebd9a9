package io.incidentbridge.idempotency;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Keys and their answers in Redis.
 *
 * <pre>
 * (none) ---------- begin ------------------------------> IN_FLIGHT
 * IN_FLIGHT ------- finish -----------------------------> DONE
 * IN_FLIGHT ------- abandon, certainly no effect -------> (none), or UNKNOWN_OUTCOME if an earlier owner is in doubt
 * IN_FLIGHT ------- abandon, outcome unknown -----------> UNKNOWN_OUTCOME
 * IN_FLIGHT ------- begin after the claim ran out ------> IN_FLIGHT of a later owner, in doubt
 * UNKNOWN_OUTCOME - begin ------------------------------> IN_FLIGHT of a later owner, in doubt
 * any ------------- the key expires --------------------> (none)
 * </pre>
 *
 * <p>An owner that dies leaves IN_FLIGHT behind; its claim runs out, and the next one resumes.
 */
@ApplicationScoped
class IdempotencyStore {

    private static final RedisScript BEGIN = RedisScript.load("idempotency_begin");
    private static final RedisScript FINISH = RedisScript.load("idempotency_finish");
    private static final RedisScript ABANDON = RedisScript.load("idempotency_abandon");

    private final RedisCommands redis;
    private final KeyedHash hash;
    private final IdempotencyConfig config;

    IdempotencyStore(RedisCommands redis, KeyedHash hash, IdempotencyConfig config) {
        this.redis = redis;
        this.hash = hash;
        this.config = config;
    }

    Uni<Standing> begin(IdempotencyKey key, String fingerprint) {
        String name = name(key);
        return redis.run(BEGIN, List.of(name), List.of(fingerprint, millis(config.claim()), millis(config.keep())))
                .map(reply -> standing(name, reply));
    }

    /** Whether the answer was stored; false when the claim has passed to a later owner. */
    Uni<Boolean> finish(Claim claim, Reply reply) {
        boolean large = reply.body().getBytes(StandardCharsets.UTF_8).length > config.maxReplyBytes();
        List<String> arguments = List.of(
                claim.fence(),
                Integer.toString(reply.status()),
                reply.contentType(),
                large ? "" : reply.body(),
                millis(config.keep()),
                large ? "1" : "0");
        return redis.run(FINISH, List.of(claim.key()), arguments).map(Response::toBoolean);
    }

    /** @param certain whether this owner certainly had no effect */
    Uni<Boolean> abandon(Claim claim, boolean certain) {
        List<String> arguments = List.of(claim.fence(), certain ? "NO_EFFECT" : "UNKNOWN");
        return redis.run(ABANDON, List.of(claim.key()), arguments).map(Response::toBoolean);
    }

    /** Client and key may hold personal data, so neither is in Redis. */
    String name(IdempotencyKey key) {
        return "ib:{idem:" + hash.hash("client", key.client()) + ":" + key.operation() + ":"
                + hash.hash("idempotency-key", key.key()) + "}";
    }

    private static Standing standing(String name, Response reply) {
        Standing.Kind kind = Standing.Kind.valueOf(reply.get(0).toString());
        return switch (kind) {
            case RUN -> Standing.claimed(kind, new Claim(name, reply.get(1).toString(), false));
            case RESUME -> Standing.claimed(kind, new Claim(name, reply.get(1).toString(), true));
            case BUSY -> Standing.busy(Duration.ofMillis(reply.get(1).toLong()));
            case REPLAY ->
                Standing.replay(new Reply(
                        reply.get(1).toInteger(),
                        reply.get(2).toString(),
                        reply.get(3).toString()));
            case TOO_LARGE, OTHER_PAYLOAD -> Standing.refused(kind);
        };
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
