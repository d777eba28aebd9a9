import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.History;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long from an incident's event to Genesys: activations and resolutions one after the other, each at another replica.
 * Genesys is healthy and answers after its latency; the limit of its token is raised. The moment of a change is the
 * simulated Genesys' own, not that of somebody who asks. Then the same with the writer stopped ({@link StoppedWriter}).
 */
public final class Emergency {

    static final String ACTIVE = "EMERGENCY_ACTIVE";
    static final String RESOLVED = "EMERGENCY_RESOLVED";
    static final String LEASE = "ib:{emr}:default:lease";

    private static final String STATE = "ib:{emr}:default:state";

    private static final String CHANGES = "/sandbox/genesys/control/changes?target=telephony/emergencyrouting";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP = 10;

    private static final Pattern NUMBER = Pattern.compile("\n(\\d+)");

    private final Vendors vendors;
    private final RedisProcess redis;
    private final List<Bridge> bridges;
    private final History history = new History();
    private final Latencies acknowledged = new Latencies();
    private final Map<String, Instant> activated = new HashMap<>();
    private final Map<String, Instant> resolved = new HashMap<>();
    private int refused;

    private Emergency(Vendors vendors, RedisProcess redis, List<Bridge> bridges) {
        this.vendors = vendors;
        this.redis = redis;
        this.bridges = bridges;
    }

    public static void main(String[] args) {
        Options options = Options.of(args, "Emergency", 0);
        int latency = options.number("latency", 50);
        int replicas = options.number("replicas", 2);
        List<Bridge> bridges = new ArrayList<>();
        boolean sound;
        try (Client client = new Client();
                RedisProcess redis = RedisProcess.start();
                VendorSimulation simulation = VendorSimulation.start()) {
            simulation.vendors().fail("genesys", "{\"latencyMs\":" + latency + ",\"rateLimit\":1000000}");
            Map<String, String> properties = new HashMap<>(Map.of(
                    "bridge.genesys.emergency.client-id", "sandbox-emergency",
                    "bridge.genesys.emergency.client-secret", "sandbox-emergency",
                    "bridge.emergency.groups.default.targets[0].kind", "EMERGENCY_ROUTING",
                    "bridge.budget.upstreams.genesys-emergency.windows[0].limit", "100000",
                    "bridge.budget.replicas", Integer.toString(replicas)));
            properties.putAll(options.properties());
            try {
                for (int replica = 0; replica < replicas; replica++) {
                    bridges.add(Bridge.start(
                            client,
                            Bridge.jvm("-Xmx400m", "-XX:+UseSerialGC"),
                            Bridge.properties(simulation, redis.uri(), properties)));
                }
                sound = new Emergency(simulation.vendors(), redis, bridges)
                        .run(options.number("runs", 200), options.number("stops", 10), latency);
            } finally {
                bridges.forEach(Bridge::close);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private boolean run(int runs, int stops, int latency) {
        for (int turn = 0; turn < WARM_UP; turn++) {
            cycle("warm-" + turn, turn, new Latencies());
        }
        refused = 0;
        for (int turn = 0; turn < runs; turn++) {
            cycle("bench-" + turn, turn, acknowledged);
        }
        StoppedWriter stopped = new StoppedWriter(this, vendors, redis, latency);
        if (bridges.size() > 1) {
            stopped.run(stops);
        }
        Latencies on = new Latencies();
        Latencies off = new Latencies();
        changes().forEach(after -> {
            boolean active = after.getString("state").equals("ACTIVE");
            history.changed(active ? "emergency.activated" : "emergency.ended", incidentOf(after));
            Instant told = (active ? activated : resolved).remove(incidentOf(after));
            if (told != null) {
                Duration took = Duration.between(told, Instant.parse(after.getString("lastUpdated")));
                (active ? on : off).add(took.toNanos() / 1e6);
            }
        });
        readTrail();
        Results.report(
                "emergency",
                "# From an incident's event to Genesys, " + Instant.now() + "\n\n" + Results.machine() + "; "
                        + bridges.size() + " replicas, Genesys answers after " + latency + " ms; " + refused
                        + " events refused (503) and repeated\n\n" + Latencies.HEADER
                        + acknowledged.row("acknowledged (202)")
                        + on.row("ACTIVE in Genesys") + off.row("INACTIVE in Genesys") + stopped.rows() + "\n"
                        + stopped.left() + " emergencies left on after a stopped writer had woken up. "
                        + history.verdict()
                        + "\n");
        return stopped.left() == 0 && history.violations().isEmpty();
    }

    /** What Genesys was changed to, in order. */
    List<JsonObject> changes() {
        return new JsonObject(vendors.send("GET", CHANGES, null))
                .getJsonArray("changes").stream()
                        .map(change -> ((JsonObject) change).getJsonObject("after"))
                        .toList();
    }

    /** Every reason begins with it. */
    private static String incidentOf(JsonObject change) {
        return change.getString("reason", "").replaceFirst(":.*", "");
    }

    /** Written after the effect: the last one may take a moment. */
    private void readTrail() {
        Lab.rest(1_000);
        String trail = replica(0).get("/v1/ops/audit/export.jsonl").join().body();
        trail.lines()
                .filter(line -> !line.isBlank())
                .map(JsonObject::new)
                .forEach(entry -> history.audited(
                        entry.getLong("seq"), entry.getString("action"), incidentOf(entry.getJsonObject("after"))));
    }

    /** Those given, and those of the passes that could store what they had done: no late one among them. */
    private void watchFences() {
        watchFence(LEASE, redis.call("GET", LEASE + ":fence"));
        watchFence(STATE, redis.call("HGET", STATE, "fence"));
    }

    private void watchFence(String key, String reply) {
        Matcher fence = NUMBER.matcher(reply);
        if (fence.find()) {
            history.fence(key, Long.parseLong(fence.group(1)));
        }
    }

    /** Each event goes to another replica than the one before. */
    private void cycle(String id, int turn, Latencies answered) {
        Bridge first = replica(turn);
        answered.add(tell(first, id, ACTIVE, activated));
        await(first, id, "ACTIVE");
        Bridge second = replica(turn + 1);
        answered.add(tell(second, id, RESOLVED, resolved));
        await(second, id, "INACTIVE");
    }

    Bridge replica(int turn) {
        return bridges.get(turn % bridges.size());
    }

    /** Tells of an incident whose change is not timed here. */
    void tell(Bridge bridge, String id, String mode) {
        tell(bridge, id, mode, new HashMap<>());
    }

    private double tell(Bridge bridge, String id, String mode, Map<String, Instant> times) {
        JsonObject event = new JsonObject()
                .put("correlationId", id)
                .put("incidentType", "MAJOR")
                .put("targetQueueIds", new JsonArray().add("queue-12345"))
                .put("routingMode", mode)
                .put("timestamp", Instant.now().toString())
                .put("ttl", 600);
        if (!id.startsWith("warm-")) {
            times.put(id, Instant.now());
        }
        long start = System.nanoTime();
        Client.Reply reply = bridge.post("/v1/emergencies", event.encode()).join();
        if (reply.status() == 503) {
            // Nothing was accepted: on a machine that is busy elsewhere a command to Redis may miss its deadline.
            refused++;
            Lab.rest(200);
            return tell(bridge, id, mode, times);
        }
        if (reply.status() != 202) {
            throw new IllegalStateException(reply.status() + " " + reply.body());
        }
        return (reply.at() - start) / 1e6;
    }

    /** Looks every 20 ms. */
    void await(Bridge bridge, String id, String status) {
        long start = System.nanoTime();
        while (!Bridge.status(bridge.get("/v1/emergencies/" + id).join()).equals(status)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(id + " does not become " + status);
            }
            watchFences();
            Lab.rest(20);
        }
    }
}
