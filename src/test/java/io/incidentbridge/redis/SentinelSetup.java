package io.incidentbridge.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A master, a replica and three Sentinels on this machine, failing over after half a second. */
public final class SentinelSetup implements AutoCloseable {

    public static final String MASTER = "bridge";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int QUORUM = 2;

    private final RedisProcess master;
    private final RedisProcess replica;
    private final List<RedisProcess> sentinels = new ArrayList<>();

    private SentinelSetup() {
        master = RedisProcess.start("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
        replica = RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        await().atMost(PATIENCE).until(() -> master.call("INFO", "replication").contains("state=online"));
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisProcess.start(configuration().toString(), "--sentinel"));
        }
        await().atMost(PATIENCE).until(() -> sentinels.stream().allMatch(SentinelSetup::knowsTheOthers));
    }

    public static SentinelSetup start() {
        return new SentinelSetup();
    }

    public RedisProcess master() {
        return master;
    }

    public RedisProcess replica() {
        return replica;
    }

    public List<RedisProcess> sentinels() {
        return sentinels;
    }

    public List<String> addresses() {
        return sentinels.stream().map(RedisProcess::uri).toList();
    }

    /** Waits until the Sentinels have made the replica the master. */
    public void awaitFailover() {
        String port = Integer.toString(replica.port());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> sentinels.stream()
                                .allMatch(sentinel -> sentinel.call("SENTINEL", "get-master-addr-by-name", MASTER)
                                        .contains(port))
                        && replica.call("INFO", "replication").contains("role:master"));
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        replica.close();
        master.close();
    }

    private Path configuration() {
        try {
            Path file = Files.createTempFile("sentinel-", ".conf");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    String.join(
                            "\n",
                            "sentinel monitor " + MASTER + " 127.0.0.1 " + master.port() + " " + QUORUM,
                            "sentinel down-after-milliseconds " + MASTER + " 500",
                            "sentinel failover-timeout " + MASTER + " 3000",
                            ""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean knowsTheOthers(RedisProcess sentinel) {
        String state = sentinel.call("SENTINEL", "master", MASTER);
        return state.contains("num-other-sentinels\r\n$1\r\n2\r\n") && state.contains("num-slaves\r\n$1\r\n1\r\n");
    }
}
