package io.incidentbridge.audit;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.sandbox.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One replica's part in the trail. */
final class TrailFixture {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    final AuditStore store;
    final AuditChain chain;
    final AuditVerifier verifier;
    final AuditTrail trail;
    final AuditRetention retention;

    TrailFixture(RedisCommands redis, MutableClock clock) {
        store = new AuditStore(redis);
        chain = new AuditChain(store, TrailModel.KEYS, clock, TestMetrics.create(), Duration.ofMillis(50));
        verifier = new AuditVerifier(store, TrailModel.KEYS, chain, TestMetrics.create());
        trail = new AuditTrail(chain, clock);
        retention = new AuditRetention(null, store, verifier, TrailModel.KEYS, trail, null, clock);
    }

    void record(String record) {
        trail.append(entry(record)).await().atMost(LONGEST);
    }

    static AuditTrail.Entry entry(String record) {
        return new AuditTrail.Entry("tester", "test.done", record, Map.of("a", "1"), Map.of("a", "2"), "c1");
    }

    ChainReport acknowledge(String reason) {
        return verifier.acknowledge(trail, "operator", reason).await().atMost(LONGEST);
    }

    ChainReport verify() {
        return verifier.verify(List.of()).await().atMost(LONGEST);
    }

    List<SealedEntry> all() {
        return store.forward("-", "+").collect().asList().await().atMost(LONGEST);
    }
}
