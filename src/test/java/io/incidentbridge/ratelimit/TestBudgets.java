package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Budgets as configured by properties, without Quarkus. */
final class TestBudgets {

    static final String VENDOR = "servicenow";

    private TestBudgets() {}

    static BudgetConfig config(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>();
        properties.forEach((key, value) -> all.put("bridge.budget." + key, value));
        return mapped(BudgetConfig.class, all);
    }

    static <T> T mapped(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(mapping);
    }

    /** One window for {@link #VENDOR}, and other settings. */
    static BudgetConfig config(long limit, String period, String margin, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "upstreams.servicenow.windows[0].limit", Long.toString(limit),
                "upstreams.servicenow.windows[0].period", period,
                "margin", margin));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return config(properties);
    }

    static UpstreamBudget started(BudgetConfig config, RedisCommands redis) {
        UpstreamBudget budget = new UpstreamBudget(config, redis, TestMetrics.create());
        budget.start(null);
        return budget;
    }
}
