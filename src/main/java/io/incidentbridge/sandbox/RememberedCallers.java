package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

/**
 * What the bridge remembers in the sandbox's own Redis of users that a reset makes anew: looked-up callers, conversations,
 * enrolments and repeatable answers. Budgets stay, as a vendor does not forget what it was asked either.
 */
final class RememberedCallers {

    private static final String FORGET =
            """
            for _, kind in ipairs({ 'call', 'caller', 'conv', 'enrol', 'idem' }) do
              for _, key in ipairs(redis.call('KEYS', 'ib:{' .. kind .. ':*')) do
                redis.call('DEL', key)
              end
            end
            """;

    private final Redis redis;

    /** @param address of a Redis with nothing but the sandbox's data in it */
    RememberedCallers(Vertx vertx, String address) {
        this.redis = Redis.createClient(vertx, address);
    }

    Future<Void> forget() {
        return redis.send(Request.cmd(Command.EVAL).arg(FORGET).arg(0)).mapEmpty();
    }
}
