package io.incidentbridge.testing;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.sandbox.VendorServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.stream.Stream;

/** A Redis and the simulated vendors for a test's application, in process or packaged. */
public class SandboxResource implements QuarkusTestResourceLifecycleManager {

    private RedisProcess redis;
    private VendorServer vendors;

    @Override
    public Map<String, String> start() {
        redis = RedisProcess.start();
        vendors = VendorServer.start(0);
        // Before the application's first request, whose answer would teach it a limit for many tests.
        vendors().heal();
        return Map.of(
                "quarkus.redis.hosts", redis.uri(),
                "bridge.servicenow.url", vendors.baseUrl() + "/sandbox/servicenow",
                "bridge.genesys.api-url", vendors.baseUrl() + "/sandbox/genesys",
                "bridge.genesys.login-url", vendors.baseUrl() + "/sandbox/genesys",
                "bridge.pagerduty.url", vendors.baseUrl() + "/sandbox/pagerduty",
                "bridge.jira.url", vendors.baseUrl() + "/sandbox/jira");
    }

    /** For tests that start the application themselves. */
    public Vendors vendors() {
        return new Vendors(vendors.baseUrl(), this::forgetWork);
    }

    /** For tests in which Redis breaks. */
    public RedisProcess redis() {
        return redis;
    }

    /** Noted calls and outbox items of earlier tests would be written again and again to records that are gone. */
    private void forgetWork() {
        Stream.of("ib:{outage}:work", "ib:{outbox:*}:due:*")
                .flatMap(pattern -> redis.call("KEYS", pattern).lines())
                .filter(line -> line.startsWith("ib:"))
                .forEach(key -> redis.call("DEL", key));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(vendors(), new TestInjector.MatchesType(Vendors.class));
        injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisProcess.class));
    }

    @Override
    public void stop() {
        if (vendors != null) {
            vendors.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}
