package io.incidentbridge.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of three masters on this machine, with a replica for each where asked for. */
public final class ClusterSetup implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SLOTS = 16384;
    private static final int MASTERS = 3;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private ClusterSetup(boolean replicas) {
        for (int i = 0; i < (replicas ? 2 : 1) * MASTERS; i++) {
            nodes.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
        }
        RedisProcess first = nodes.get(0);
        nodes.stream()
                .skip(1)
                .forEach(node -> first.call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port())));
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(this::knowsAll));
        for (int i = 0; i < MASTERS; i++) {
            nodes.get(i).call("CLUSTER", "ADDSLOTS", slotsOf(i));
        }
        for (int i = MASTERS; i < nodes.size(); i++) {
            replicate(nodes.get(i), nodes.get(i - MASTERS));
        }
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(this::isServing));
    }

    /** Three masters without replicas. */
    public static ClusterSetup start() {
        return new ClusterSetup(false);
    }

    /** Three masters with a replica each, which takes over about two seconds after its master's death. */
    public static ClusterSetup startWithReplicas() {
        return new ClusterSetup(true);
    }

    public List<RedisProcess> masters() {
        return nodes.subList(0, MASTERS);
    }

    public List<String> addresses() {
        return nodes.stream().map(RedisProcess::uri).toList();
    }

    /** Waits until the replica of a master has taken its slots over, and all that are left agree. */
    public void awaitFailover(int master) {
        RedisProcess replica = nodes.get(master + MASTERS);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> replica.call("CLUSTER", "NODES").contains("myself,master")
                        && nodes.stream()
                                .filter(node -> node != nodes.get(master))
                                .allMatch(ClusterSetup::isOkOrDead));
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }

    private void replicate(RedisProcess replica, RedisProcess master) {
        String id = master.call("CLUSTER", "MYID").split("\r\n")[1];
        await().atMost(PATIENCE)
                .until(() -> replica.call("CLUSTER", "REPLICATE", id).startsWith("+OK"));
        await().atMost(PATIENCE).until(() -> master.call("INFO", "replication").contains("state=online"));
    }

    private boolean knowsAll(RedisProcess node) {
        return node.call("CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size())
                && !node.call("CLUSTER", "NODES").contains("handshake");
    }

    private boolean isServing(RedisProcess node) {
        long replicas = node.call("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("slave"))
                .count();
        return isOk(node) && replicas == nodes.size() - MASTERS;
    }

    private static boolean isOk(RedisProcess node) {
        return node.call("CLUSTER", "INFO").contains("cluster_state:ok");
    }

    private static boolean isOkOrDead(RedisProcess node) {
        return isOk(node) || node.call("PING").startsWith("!");
    }

    private static String slotsOf(int master) {
        return IntStream.range(SLOTS * master / MASTERS, SLOTS * (master + 1) / MASTERS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }
}
