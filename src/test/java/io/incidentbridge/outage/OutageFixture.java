package io.incidentbridge.outage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.audit.AuditFixture;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One replica's breaker outside of Quarkus; it looks at the signals only when the test says so. */
final class OutageFixture {

    private final OutageConfig config;
    private final OutageStore store;
    private final OutageStates states;
    private final OutageWorker worker;
    private final OutageBreaker breaker;
    private final OutageOperation operation;
    volatile long refusals;
    volatile boolean down;
    volatile OutageWorker.Waiting waiting = new OutageWorker.Waiting(0, 0);
    volatile Uni<OutageWorker.Waiting> backlog = Uni.createFrom().item(() -> waiting);

    OutageFixture(RedisCommands redis, String... properties) {
        config = config(properties);
        store = new OutageStore(redis, new ObjectMapper().findAndRegisterModules(), config);
        states = new OutageStates(store, config, () -> down, AuditFixture.in(redis), TestMetrics.outage());
        worker = new OutageWorker(store, states, config, () -> refusals, () -> backlog, TestMetrics.outage());
        Topics topics = new Topics(config);
        Ledger ledger = new Ledger(redis, new ObjectMapper().findAndRegisterModules(), config);
        breaker = new OutageBreaker(
                states,
                store,
                worker,
                ledger,
                new Aftermath(ledger, null, null, config),
                config,
                topics,
                new Announcements(config, topics),
                TestMetrics.outage());
        operation = new OutageOperation(store, states, Clock.systemUTC());
    }

    static OutageConfig config(String... properties) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put("bridge.outage." + properties[i], properties[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(OutageConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(OutageConfig.class);
    }

    OutageBreaker breaker() {
        return breaker;
    }

    OutageStore store() {
        return store;
    }

    void calls(String topic, int count) {
        store.count(topic, count, 1).await().atMost(Duration.ofSeconds(10));
    }

    void tick() {
        worker.tick().await().atMost(Duration.ofSeconds(10));
    }

    Uni<Void> ticking() {
        return worker.tick();
    }

    OutageView view(String topic) {
        return breaker.view(topic).await().atMost(Duration.ofSeconds(10));
    }

    boolean isNoted(String topic) {
        return breaker.onWrapUp(topic).await().atMost(Duration.ofSeconds(10)).noted();
    }

    void operate(String topic, OutageOperation.Step step) {
        operation
                .change(topic, OutageState.Why.operator("ops", "a reason"), step)
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    OutagePolicy policy() {
        return new OutagePolicy(config);
    }
}
