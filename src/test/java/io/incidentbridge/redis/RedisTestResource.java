package io.incidentbridge.redis;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** A real Redis for the application under test; vendors' addresses lead nowhere. */
public class RedisTestResource implements QuarkusTestResourceLifecycleManager {

    private RedisProcess server;

    @Override
    public Map<String, String> start() {
        server = RedisProcess.start();
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.redis.hosts", server.uri());
        properties.put("bridge.security.hash-key", "hash-key-of-tests-with-32-characters");
        for (String address :
                new String[] {"bridge.servicenow.url", "bridge.genesys.api-url", "bridge.genesys.login-url"}) {
            properties.put(address, "http://127.0.0.1:9");
        }
        for (String vendor : new String[] {"bridge.servicenow", "bridge.genesys"}) {
            properties.put(vendor + ".client-id", "id");
            properties.put(vendor + ".client-secret", "secret");
        }
        return properties;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(RedisProcess.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}
