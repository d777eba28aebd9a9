package io.incidentbridge.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Predicate;

/**
 * One long-lived connection that all commands share, pipelined, with the client it was made by; of a cluster one
 * connection to each node. Both are null in the lane that stands for "not connected yet".
 */
record RedisLane(Redis client, RedisConnection connection) {

    static final RedisLane NONE = new RedisLane(null, null);

    Future<Response> send(Request request) {
        return connection.send(request);
    }

    /** A write, and on the same connection at once what confirms it; fails when the confirmation says no. */
    Future<Response> send(Request write, Request confirmation, Predicate<Response> isConfirmed) {
        return connection
                .batch(List.of(write, confirmation))
                .compose(replies -> isConfirmed.test(replies.get(1))
                        ? Future.succeededFuture(replies.get(0))
                        : Future.failedFuture(new UnconfirmedWrite()));
    }

    /** Closes the sockets, which a connection of the client's pool by itself does not do. */
    void close() {
        if (client != null) {
            client.close();
        }
    }
}
