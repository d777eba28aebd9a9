package io.incidentbridge.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.incidentbridge.audit.RecordedAudit;
import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.WritesFixture;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Claims and passes on a real Redis, with a Genesys in memory; nothing runs by itself. */
final class EmergencyFixture implements AutoCloseable {

    static final String GROUP = "default";
    private static final Duration SHORTEST = Duration.ofMillis(500);

    /** Shifts every moment that Redis keeps; times of events are only compared with each other and stay. */
    private static final String AGE =
            """
            local moments = { changed = 1, due = 1, unsettled = 1, active = 1, accepted = 1, ['until'] = 1 }
            local function older(name, value)
              local at = moments[name] and tonumber(value) or 0
              return at > 0 and string.format('%.0f', at - ARGV[1]) or value
            end
            for _, key in ipairs(redis.call('KEYS', 'ib:{emr}:*')) do
              local flat = redis.call('TYPE', key).ok == 'hash' and redis.call('HGETALL', key) or {}
              for i = 1, #flat, 2 do
                local value = older(flat[i], flat[i + 1])
                if string.sub(key, -5) == ':open' then
                  local claim = cjson.decode(value)
                  for name, before in pairs(claim) do
                    claim[name] = older(name, before)
                  end
                  value = cjson.encode(claim)
                end
                redis.call('HSET', key, flat[i], value)
              end
            end
            return 'OK'
            """;

    static final Instant START = Instant.parse("2030-01-31T09:00:00Z");

    private final RedisProcess server = RedisProcess.start();
    private final RedisFixture redis = RedisFixture.standalone(server, Map.of("bridge.redis.deadline", "2s"));
    final RecordedAudit audit = new RecordedAudit(redis.commands());
    FakeTarget target;
    FakeTarget second;
    private Uni<Void> token;
    EmergencyStore store;
    Claims claims;
    private EmergencyReconciler reconciler;

    EmergencyFixture() {
        redis.connected();
        fresh(Map.of(), 1);
    }

    /** Everything anew: an empty Redis, a quiet Genesys, and this configuration. */
    void fresh(Map<String, String> more, int targets) {
        redis.call(Command.FLUSHALL);
        audit.forget();
        audit.away(false);
        reconfigure(more, targets);
    }

    /** A quiet Genesys and this configuration, on what Redis holds. */
    void reconfigure(Map<String, String> more, int targets) {
        target = new FakeTarget("first");
        second = new FakeTarget("second");
        token = Uni.createFrom().voidItem();
        Map<String, String> properties = new HashMap<>(Map.of(
                "bridge.emergency.groups.default.targets[0].kind", "EMERGENCY_ROUTING",
                "bridge.emergency.confirm-for", "1ms"));
        properties.putAll(more);
        EmergencyConfig config = config(properties);
        JsonMapper json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        List<RoutingTarget> all = targets == 1 ? List.of(target) : List.of(target, second);
        store = new EmergencyStore(redis.commands(), WritesFixture.of(redis), json, config);
        claims = new Claims(store, audit, TestMetrics.emergency());
        reconciler = new EmergencyReconciler(
                store,
                claims,
                redis.lease(),
                new EmergencyTargets(Map.of(GROUP, all), () -> token),
                audit,
                config,
                TestMetrics.emergency());
    }

    static EmergencyConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(EmergencyConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(EmergencyConfig.class);
    }

    RedisFixture redis() {
        return redis;
    }

    void token(Uni<Void> check) {
        token = check;
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }

    EmergencyStore.Recorded tell(ClaimEvent.Kind kind, String id, int second, String... queues) {
        return tell(kind, id, second, Duration.ofHours(1), queues);
    }

    EmergencyStore.Recorded tell(ClaimEvent.Kind kind, String id, int second, Duration ttl, String... queues) {
        return tell("api", kind, id, second, ttl, queues);
    }

    EmergencyStore.Recorded tell(String source, ClaimEvent.Kind kind, String id, int second, String... queues) {
        return tell(source, kind, id, second, Duration.ofHours(1), queues);
    }

    private EmergencyStore.Recorded tell(
            String source, ClaimEvent.Kind kind, String id, int second, Duration ttl, String... queues) {
        return await(claims.record(new ClaimEvent(
                kind,
                id,
                GROUP,
                source,
                "MAJOR",
                3,
                Arrays.asList(queues),
                "",
                START.plusSeconds(second),
                ttl,
                "tester")));
    }

    Pass pass() {
        return await(reconciler.reconcile(GROUP, false));
    }

    /** Also when nothing is due. */
    Pass forcedPass() {
        return await(reconciler.reconcile(GROUP, true));
    }

    /** As if so much time had passed: whatever Redis remembers was that much earlier. */
    void timePasses(Duration length) {
        assertThat(redis.call(Command.EVAL, AGE, "0", Long.toString(length.toMillis())))
                .isEqualTo("OK");
    }

    /** As the watch does it: so long a time with a pass whenever one is due. */
    void live(Duration length) {
        Duration left = length;
        while (!left.isZero()) {
            Snapshot seen = snapshot();
            Duration untilDue = Duration.between(seen.now(), seen.due());
            Duration step = untilDue.compareTo(SHORTEST) < 0 ? SHORTEST : untilDue;
            step = step.compareTo(left) < 0 ? step : left;
            timePasses(step);
            pass();
            left = left.minus(step);
        }
    }

    Snapshot snapshot() {
        return await(store.snapshot(GROUP));
    }

    Result result() {
        return snapshot().known(target.name()).result();
    }

    /** As if the lease of the pass under way had run out and passed to somebody else. */
    void loseLease() {
        redis.call(Command.SET, store.leaseKey(GROUP), "another", "PX", "60000");
    }

    void freeLease() {
        redis.call(Command.DEL, store.leaseKey(GROUP));
    }

    @Override
    public void close() {
        redis.close();
        server.close();
    }
}
