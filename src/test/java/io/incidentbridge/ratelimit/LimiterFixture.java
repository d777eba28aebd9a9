package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The bridge's limiters as one replica has them, for {@code bench/limiter}. They say whether they admit. */
public final class LimiterFixture implements AutoCloseable {

    private final RedisCommands redis;
    private final UpstreamBudget budget;

    /** @param limits of the budgets, by vendor, each for a minute */
    public LimiterFixture(RedisCommands redis, Map<String, Long> limits) {
        Map<String, String> properties = new HashMap<>();
        limits.forEach((vendor, limit) -> {
            properties.put("upstreams." + vendor + ".windows[0].limit", limit.toString());
            properties.put("upstreams." + vendor + ".windows[0].period", "60s");
        });
        this.redis = redis;
        this.budget = TestBudgets.started(TestBudgets.config(properties), redis);
    }

    /** Requests of the LOOKUP lane that do not wait for room. */
    public Supplier<CompletionStage<Boolean>> budget(String vendor) {
        return () -> budget.take(vendor, "", BudgetRequest.within(Lane.LOOKUP, Duration.ZERO))
                .replaceWith(true)
                .onFailure(BudgetSpentException.class)
                .recoverWithItem(false)
                .subscribeAsCompletionStage();
    }

    /** A client that may send as many requests a minute, all at once if it likes. */
    public Supplier<CompletionStage<Boolean>> inbound(String client, long limit) {
        Map<String, String> properties = Map.of(
                "bridge.inbound.mode",
                "enforce",
                "bridge.inbound.standard.limit",
                Long.toString(limit),
                "bridge.inbound.standard.burst",
                Long.toString(limit));
        InboundLimit inbound =
                new InboundLimit(TestBudgets.mapped(InboundConfig.class, properties), redis, TestMetrics.create());
        return () -> inbound.count(client, "caller.lookup")
                .onItem()
                .transformToUni(quota -> Uni.createFrom().optional(quota))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("nothing was counted"))
                .map(InboundQuota::within)
                .subscribeAsCompletionStage();
    }

    @Override
    public void close() {
        budget.stop(null);
    }
}
