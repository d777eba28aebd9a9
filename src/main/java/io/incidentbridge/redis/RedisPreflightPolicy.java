package io.incidentbridge.redis;

import io.vertx.redis.client.RedisClientType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What speaks against keeping what must not be lost in this server. */
final class RedisPreflightPolicy {

    /** @param serious whether data would be lost, evicted or refused, rather than just at risk */
    record Finding(boolean serious, String message) {}

    private static final int[] OLDEST = {6, 2};

    private final RedisClientType client;
    private final Duration clockSkew;

    RedisPreflightPolicy(RedisClientType client, Duration clockSkew) {
        this.client = client;
        this.clockSkew = clockSkew;
    }

    List<Finding> judge(RedisFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.info().isEmpty()) {
            findings.add(
                    new Finding(false, "the server does not allow INFO: version, role and eviction are not checked"));
        } else {
            judgeServer(facts, findings);
            judgeMemory(facts, findings);
        }
        if (facts.ahead().abs().compareTo(clockSkew) > 0) {
            findings.add(new Finding(
                    false,
                    "the server's clock is " + facts.ahead().toMillis() + " ms ahead of this one: synchronise both"));
        }
        return findings;
    }

    private void judgeServer(RedisFacts facts, List<Finding> findings) {
        if (isOlder(facts.get("redis_version"))) {
            findings.add(new Finding(
                    true, "the server's version " + facts.get("redis_version") + " is older than 6.2: upgrade it"));
        }
        if (facts.is("redis_mode", "sentinel")) {
            findings.add(new Finding(
                    true, "the address is a Sentinel's: set quarkus.redis.client-type=sentinel and master-name"));
            return;
        }
        if (facts.is("cluster_enabled", "1") && client != RedisClientType.CLUSTER) {
            findings.add(new Finding(true, "the server is part of a cluster: set quarkus.redis.client-type=cluster"));
        }
        if (facts.is("cluster_enabled", "0") && client == RedisClientType.CLUSTER) {
            findings.add(new Finding(true, "the server is no cluster: set quarkus.redis.client-type accordingly"));
        }
        if (facts.is("role", "slave")) {
            findings.add(new Finding(true, "the server is a replica and takes no writes: give the master's address"));
        }
        if (facts.is("aof_enabled", "0")) {
            findings.add(new Finding(
                    false,
                    "the server keeps no append-only file: set appendonly yes, or accepted work is lost with it"));
        }
    }

    private static void judgeMemory(RedisFacts facts, List<Finding> findings) {
        String policy = facts.get("maxmemory_policy");
        if (policy.isEmpty() || policy.equals("noeviction")) {
            return;
        }
        // Without a limit nothing is evicted yet, but whoever sets one will not think of the bridge.
        boolean limited = !facts.is("maxmemory", "0");
        findings.add(new Finding(
                limited, "the server's maxmemory-policy is " + policy + ", which drops keys: set it to noeviction"));
    }

    private static boolean isOlder(String version) {
        String[] parts = version.split("\\.");
        for (int i = 0; i < OLDEST.length; i++) {
            int part = i < parts.length && parts[i].matches("\\d{1,5}") ? Integer.parseInt(parts[i]) : 0;
            if (part != OLDEST[i]) {
                return part < OLDEST[i];
            }
        }
        return false;
    }
}
