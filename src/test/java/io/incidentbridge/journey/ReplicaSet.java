package io.incidentbridge.journey;

import io.incidentbridge.testing.BridgeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Replicas behind what a Service is: each request goes to one that was ready when it was last looked at. */
final class ReplicaSet implements AutoCloseable {

    private static final long LOOK_MILLIS = 250;

    private final Map<String, String> properties;
    private final List<BridgeProcess> replicas = new CopyOnWriteArrayList<>();
    private final List<String> farewells = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private volatile List<BridgeProcess> ready = List.of();

    ReplicaSet(int size, Map<String, String> properties) {
        this.properties = properties;
        replicas.addAll(BridgeProcess.start(size, properties));
        look();
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    List<BridgeProcess> all() {
        return List.copyOf(replicas);
    }

    BridgeProcess next() {
        List<BridgeProcess> now = ready;
        return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
    }

    /** A new one first, then the old one is told to stop, and is waited for. */
    void replace(BridgeProcess old) {
        replicas.add(BridgeProcess.start(properties));
        old.terminate();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !old.isReady());
        farewells.add(farewell(old));
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> !old.isAlive());
        replicas.remove(old);
    }

    /** What a request on a kept connection was answered by each replica that waited to stop: status and connection. */
    List<String> farewells() {
        return farewells;
    }

    private static String farewell(BridgeProcess old) {
        var answer =
                old.post("/v1/callers/lookup", "{\"ani\":\"+14155550123\"}").join();
        return answer.statusCode() + " "
                + answer.headers().firstValue("connection").orElse("kept");
    }

    @Override
    public void close() {
        looks.shutdownNow();
        new ArrayList<>(replicas).forEach(BridgeProcess::terminate);
        replicas.forEach(BridgeProcess::close);
    }

    private void look() {
        List<BridgeProcess> found =
                replicas.stream().filter(BridgeProcess::isReady).toList();
        // None is a slow machine, not an empty Service: the last view stands.
        if (!found.isEmpty()) {
            ready = found;
        }
    }
}
