package io.incidentbridge.redis;

import io.incidentbridge.metrics.TestMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends commands by way of others, and counts how many are under way at once. */
public final class CountedCommands extends RedisCommands {

    private final RedisCommands sender;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public CountedCommands(RedisCommands sender) {
        super(null, RedisFixture.config(Map.of()), TestMetrics.create());
        this.sender = sender;
    }

    @Override
    public Uni<Response> send(Command command, String... arguments) {
        return Uni.createFrom()
                .deferred(() -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    return sender.send(command, arguments);
                })
                .onTermination()
                .invoke(underWay::decrementAndGet);
    }

    public int mostAtOnce() {
        return most.get();
    }
}
