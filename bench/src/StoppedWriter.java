import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.ProcessSignal;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Activations while the replica that is switching Genesys stands still (SIGSTOP), each time at another point of its pass: another
 * one may write when its lease has run out. The stopped one goes on when the emergency is over; what it still sends then must
 * be set right.
 */
final class StoppedWriter {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of Genesys: a pass reads, changes and reads again. */
    private static final int SLOW_MS = 1_000;

    private static final int PASS_MS = 3 * SLOW_MS;
    /** In which whatever was sent late has come and been looked at. */
    private static final int SETTLED_MS = 3_000;

    private final Emergency emergency;
    private final Vendors vendors;
    private final RedisProcess redis;
    private final int latencyMs;
    private final Latencies activated = new Latencies();
    private final Latencies ended = new Latencies();
    private final Latencies setRight = new Latencies();
    private int left;

    StoppedWriter(Emergency emergency, Vendors vendors, RedisProcess redis, int latencyMs) {
        this.emergency = emergency;
        this.vendors = vendors;
        this.redis = redis;
        this.latencyMs = latencyMs;
    }

    void run(int stops) {
        for (int turn = 0; turn < stops; turn++) {
            stop(turn, PASS_MS * turn / stops);
        }
    }

    /** Emergencies that Genesys was left in after all incidents had ended. */
    int left() {
        return left;
    }

    /** Rows under {@link Latencies#HEADER} of what there was. */
    String rows() {
        return row("writer stopped: ACTIVE as the other replica tells it", activated)
                + row("writer still stopped: INACTIVE", ended)
                + row("writer awake: its late write set right", setRight);
    }

    private static String row(String name, Latencies latencies) {
        return latencies.count() == 0 ? "" : latencies.row(name);
    }

    private void stop(int turn, int afterMs) {
        Bridge writer = emergency.replica(turn);
        Bridge other = emergency.replica(turn + 1);
        String begun = "begun-" + turn;
        String next = "next-" + turn;
        slow(SLOW_MS);
        emergency.tell(writer, begun, Emergency.ACTIVE);
        awaitLease();
        Lab.rest(afterMs);
        ProcessSignal.STOP.sendTo(writer.pid());
        try {
            slow(latencyMs);
            activated.add(timed(() -> {
                emergency.tell(other, next, Emergency.ACTIVE);
                emergency.await(other, next, "ACTIVE");
            }));
            ended.add(timed(() -> {
                emergency.tell(other, begun, Emergency.RESOLVED);
                emergency.tell(other, next, Emergency.RESOLVED);
                emergency.await(other, begun, "INACTIVE");
                emergency.await(other, next, "INACTIVE");
            }));
        } finally {
            ProcessSignal.CONT.sendTo(writer.pid());
        }
        Instant awake = Instant.now();
        emergency.await(writer, next, "INACTIVE");
        Lab.rest(SETTLED_MS);
        lookBackTo(awake);
    }

    private void lookBackTo(Instant awake) {
        List<JsonObject> late = emergency.changes().stream()
                .filter(change -> Instant.parse(change.getString("lastUpdated")).isAfter(awake))
                .toList();
        if (late.isEmpty()) {
            return;
        }
        JsonObject last = late.get(late.size() - 1);
        if (last.getString("state").equals("INACTIVE")) {
            setRight.add(Duration.between(
                                    Instant.parse(late.get(0).getString("lastUpdated")),
                                    Instant.parse(last.getString("lastUpdated")))
                            .toNanos()
                    / 1e6);
        } else {
            left++;
        }
    }

    private void slow(int millis) {
        vendors.fail("genesys", "{\"latencyMs\":" + millis + ",\"rateLimit\":1000000}");
    }

    private void awaitLease() {
        long start = System.nanoTime();
        while (!redis.call("EXISTS", Emergency.LEASE).equals(":1\r\n")) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("nobody takes the lease");
            }
            Lab.rest(5);
        }
    }

    private static double timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
