import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.History;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long from a change at an incident's source to Genesys, one change after the other: a caller's incident that becomes
 * critical and ordinary again, to the priority of the caller's waiting call; an incident of PagerDuty that is triggered and
 * resolved, to emergency routing. The clock starts before the source is changed, so the source's own work and its webhook
 * count; it ends with the change in the simulated Genesys, by that one's clock. Genesys and ServiceNow are healthy, answer
 * after their latency, and have room for everything. A change of priority that is not in the audit trail, or a trail with gaps,
 * ends the run with an error.
 */
public final class Webhooks {

    private static final String INCIDENTS = "/sandbox/servicenow/api/now/table/incident/";
    private static final String PAGERDUTY = "/sandbox/pagerduty/control/incidents";
    private static final String CHANGES = "/sandbox/genesys/control/changes?target=";
    private static final String PRIORITISED = "conversation.prioritised";
    private static final int WARM_UP = 10;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Vendors vendors;
    private final BridgeProcess bridge;
    private final String call = UUID.randomUUID().toString();

    private Webhooks(Vendors vendors, BridgeProcess bridge) {
        this.vendors = vendors;
        this.bridge = bridge;
    }

    public static void main(String[] args) {
        Options options = Options.of(args, "Webhooks", 3);
        int calls = options.word(0, 200);
        int emergencies = options.word(1, 100);
        int latency = options.word(2, 50);
        History history;
        String report = "# From a change at its source to Genesys, " + Instant.now() + "\n\n" + Results.machine()
                + "; 1 replica, Genesys and ServiceNow answer after " + latency + " ms\n\n" + Latencies.HEADER;
        try (RedisProcess redis = RedisProcess.start();
                VendorSimulation simulation = VendorSimulation.start()) {
            Map<String, String> properties = new HashMap<>();
            properties.put("quarkus.redis.hosts", redis.uri());
            for (String upstream : List.of("genesys", "genesys-emergency", "servicenow")) {
                properties.put("bridge.budget.upstreams." + upstream + ".windows[0].limit", "100000");
            }
            Vendors vendors = simulation.vendors();
            vendors.reset();
            String faults = "{\"latencyMs\":" + latency + ",\"rateLimit\":1000000}";
            vendors.fail("genesys", faults);
            vendors.fail("servicenow", faults);
            try (BridgeProcess bridge = BridgeProcess.start(simulation.properties(properties))) {
                vendors.sendWebhooksTo(bridge.url());
                Webhooks bench = new Webhooks(vendors, bridge);
                report += bench.priorities(calls) + bench.emergencies(emergencies);
                history = bench.history();
            }
        }
        Results.report("webhooks", report + "\n" + history.verdict() + "\n");
        System.exit(history.violations().isEmpty() ? 0 : 1);
    }

    private String priorities(int runs) {
        String incident = incidentOf(waiting());
        Latencies raised = new Latencies();
        Latencies restored = new Latencies();
        for (int run = -WARM_UP; run < runs; run++) {
            double up = prioritised(incident, "1", 1000);
            double down = prioritised(incident, "3", 0);
            if (run >= 0) {
                raised.add(up);
                restored.add(down);
            }
        }
        return raised.row("critical in ServiceNow: priority of the waiting call raised")
                + restored.row("ordinary again: priority restored");
    }

    private double prioritised(String incident, String value, int expected) {
        Instant start = Instant.now();
        vendors.send("PATCH", INCIDENTS + incident, "{\"impact\":\"" + value + "\",\"urgency\":\"" + value + "\"}");
        return since(start, target(), after -> after.getInteger("priority") == expected);
    }

    private String emergencies(int runs) {
        Latencies on = new Latencies();
        Latencies off = new Latencies();
        for (int run = -WARM_UP; run < runs; run++) {
            Instant triggered = Instant.now();
            String id = new JsonObject(vendors.send("POST", PAGERDUTY, "{\"priority\":\"P1\"}")).getString("id");
            double up = routed(triggered, "ACTIVE");
            Instant resolved = Instant.now();
            vendors.send("PUT", PAGERDUTY + "/" + id, "{\"status\":\"resolved\"}");
            double down = routed(resolved, "INACTIVE");
            if (run >= 0) {
                on.add(up);
                off.add(down);
            }
        }
        return on.row("triggered in PagerDuty: ACTIVE in Genesys") + off.row("resolved: INACTIVE");
    }

    private double routed(Instant start, String state) {
        return since(start, "telephony/emergencyrouting", after -> after.getString("state")
                .equals(state));
    }

    private interface Expected {
        boolean holds(JsonObject after);
    }

    private double since(Instant start, String target, Expected expected) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE) {
            JsonArray changes = changes(target);
            JsonObject last = changes.isEmpty() ? null : changes.getJsonObject(changes.size() - 1);
            // The simulation tells whole milliseconds.
            if (last != null
                    && !Instant.parse(last.getString("at")).isBefore(start.minusMillis(1))
                    && expected.holds(last.getJsonObject("after"))) {
                return Duration.between(start, Instant.parse(last.getString("at")))
                                .toNanos()
                        / 1e6;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new IllegalStateException("no change of " + target);
    }

    private String target() {
        return "routing/conversations/" + call;
    }

    private JsonArray changes(String target) {
        return new JsonObject(vendors.send("GET", CHANGES + target, null)).getJsonArray("changes");
    }

    /** Of the call's priority: as many changes as entries about them, and a trail without gaps. */
    private History history() {
        // An entry is written after its effect.
        Lab.rest(1_000);
        History history = new History();
        int changes = (int) changes(target()).stream()
                .filter(change -> ((JsonObject) change).getInteger("status") == 200)
                .count();
        for (int change = 0; change < changes; change++) {
            history.changed(PRIORITISED, call + ", change " + change);
        }
        int[] seen = {0};
        bridge.send("GET", "/v1/ops/audit/export.jsonl", null, "sandbox-operator")
                .join()
                .body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(JsonObject::new)
                .forEach(entry -> {
                    boolean about = entry.getString("record").equals("conversation/" + call);
                    String turn = about ? call + ", change " + seen[0]++ : entry.getString("record");
                    history.audited(entry.getLong("seq"), entry.getString("action"), turn);
                });
        return history;
    }

    /** @return the caller */
    private JsonObject waiting() {
        JsonObject user = vendors.records("sys_user", "active=true^employee_numberISNOTEMPTY^ORDERBYuser_name")
                .getJsonObject(0);
        vendors.send(
                "POST",
                "/sandbox/genesys/control/conversations",
                new JsonObject()
                        .put("conversationId", call)
                        .put("ani", "+14155550199")
                        .encode());
        JsonObject lookup = new JsonObject()
                .put("employeeId", user.getString("employee_number"))
                .put("conversationId", call);
        String answer =
                bridge.post("/v1/callers/lookup", lookup.encode()).join().body();
        if (!answer.contains("FOUND")) {
            throw new IllegalStateException(answer);
        }
        return user;
    }

    private String incidentOf(JsonObject user) {
        JsonObject record = new JsonObject()
                .put("caller_id", user.getString("sys_id"))
                .put("short_description", "Mail")
                .put("impact", "3")
                .put("urgency", "3");
        return vendors.create("incident", record).getString("sys_id");
    }
}
