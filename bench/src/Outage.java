import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.History;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * "E-mail is down": wrap-ups of one topic, many more than ServiceNow takes, beside calls on other topics, on several replicas;
 * once with the outage breaker and once without. Each request's clock starts when it was due. Prints what callers, ServiceNow
 * and operators saw. A Data Action that failed, a request that ServiceNow refused or got beyond its limit, a conversation
 * without an incident or with two, a change of the outage that is not in the audit trail, or another number of incidents that
 * describe the outage than one with the breaker and none without ends the run with an error.
 */
public final class Outage {

    private static final int WAIT_MS = 200;

    private final int calls;
    private final int seconds;
    private final int limit;
    private final int replicas;
    private final int drain;
    private final Map<String, String> given;
    private boolean sound = true;

    private Outage(Options options) {
        calls = options.number("calls", 5000);
        seconds = options.number("seconds", 180);
        limit = options.number("limit", 1000);
        replicas = options.number("replicas", 4);
        drain = options.number("drain", 900);
        given = options.properties();
    }

    public static void main(String[] args) {
        Outage outage = new Outage(Options.of(args, "Outage", 0));
        Map<String, String> with = outage.round(true);
        Map<String, String> without = outage.round(false);
        StringBuilder report =
                new StringBuilder("# E-mail is down, " + Instant.now() + "\n\n" + Results.machine() + "; "
                        + outage.calls + " wrap-ups in " + outage.seconds + " s, ServiceNow takes " + outage.limit
                        + " a minute, "
                        + outage.replicas + " replicas\n\n| | with the breaker | without |\n| --- | --- | --- |\n");
        with.forEach((name, value) -> report.append("| ")
                .append(name)
                .append(" | ")
                .append(value)
                .append(" | ")
                .append(without.get(name))
                .append(" |\n"));
        Results.report("outage", report);
        if (!outage.sound) {
            System.err.println(
                    "FAILED: Data Actions failed, the outage is not described once, or the history is not sound");
        }
        System.exit(outage.sound ? 0 : 1);
    }

    private Map<String, String> round(boolean breaker) {
        List<Bridge> bridges = new ArrayList<>();
        try (Client client = new Client();
                RedisProcess redis = RedisProcess.start();
                VendorSimulation simulation = VendorSimulation.start()) {
            Vendors vendors = simulation.vendors();
            vendors.fail("servicenow", "{\"latencyMs\":150,\"rateLimit\":" + limit + ",\"rateLimitWindowSeconds\":60}");
            Map<String, String> properties = Bridge.properties(simulation, redis.uri(), properties(breaker));
            try {
                for (int replica = 0; replica < replicas; replica++) {
                    bridges.add(Bridge.start(client, Bridge.jvm("-Xmx400m", "-XX:+UseSerialGC"), properties));
                }
                for (Bridge bridge : bridges) {
                    storm(List.of(bridge), "warm-up-" + bridges.indexOf(bridge), 45, 15, new Tally(), new History());
                }
                return measure(vendors, bridges, breaker);
            } finally {
                bridges.forEach(Bridge::close);
            }
        }
    }

    private Map<String, String> properties(boolean breaker) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bridge.redis.deadline", "1s",
                "bridge.budget.upstreams.servicenow.windows[0].limit", Integer.toString(limit),
                "bridge.budget.upstreams.servicenow.windows[1].limit", "60000",
                "bridge.budget.upstreams.genesys.windows[0].limit", "300",
                "bridge.budget.replicas", Integer.toString(replicas),
                "bridge.outage.operation", breaker ? "enforce" : "off",
                "bridge.outage.children.enabled", "true",
                "bridge.outage.master.adopt", "false"));
        properties.putAll(given);
        return properties;
    }

    private Map<String, String> measure(Vendors vendors, List<Bridge> bridges, boolean breaker) {
        History history = new History();
        Tally mail = new Tally();
        Tally others = new Tally();
        CompletableFuture<Void> beside =
                CompletableFuture.runAsync(() -> storm(bridges, "other", seconds, seconds, others, history));
        long start = System.nanoTime();
        storm(bridges, "email", calls, seconds, mail, history);
        beside.join();
        int masters = count(vendors, "short_descriptionSTARTSWITHOutage: email");
        int tickets = count(vendors, "short_descriptionLIKETopic: email");
        Map<String, String> figures = new LinkedHashMap<>();
        long failed = mail.failed.sum() + others.failed.sum();
        figures.put("Data Actions that failed", Long.toString(failed));
        figures.put("answers about e-mail", mail.toString());
        figures.put("answers about other topics", others.toString());
        figures.put("p50 / p99 beyond the caller's wait, ms", mail.beyond(0.5) + " / " + mail.beyond(0.99));
        figures.put("most requests in ServiceNow's sliding minute", Integer.toString(most(vendors)));
        figures.put("of these refused (429)", Integer.toString(vendors.answered("servicenow", 429)));
        figures.put("incidents that describe the outage", Integer.toString(masters));
        figures.put("e-mail tickets at the end of the storm", Integer.toString(tickets));
        figures.put("e-mail tickets that wait then", Long.toString(calls - mail.of("NOTED") - tickets));
        figures.put("e-mail incidents once all is done, and after how many minutes", drained(vendors, start));
        figures.put(
                "tickets of other topics by then",
                Integer.toString(count(vendors, "short_descriptionLIKETopic: other")));
        figures.put("most requests in ServiceNow's sliding minute by then", Integer.toString(most(vendors)));
        figures.put("refused by then (429)", Integer.toString(vendors.answered("servicenow", 429)));
        complete(history, vendors, bridges.get(0));
        figures.put("in the end", history.verdict());
        sound &= failed == 0
                && masters == (breaker ? 1 : 0)
                && history.violations().isEmpty();
        return figures;
    }

    private void complete(History history, Vendors vendors, Bridge bridge) {
        history.counted("servicenow", most(vendors), limit, vendors.answered("servicenow", 429));
        vendors.records("incident", "correlation_idISNOTEMPTY").stream()
                .map(JsonObject.class::cast)
                .forEach(
                        incident -> history.ticket(incident.getString("correlation_id"), incident.getString("number")));
        new JsonObject(bridge.get("/v1/ops/outages/history?topic=email").join().body())
                .getJsonArray("transitions").stream()
                        .map(JsonObject.class::cast)
                        .forEach(change -> history.changed(
                                "outage.changed", change.getString("outageId") + " to " + change.getString("to")));
        bridge.get("/v1/ops/audit/export.jsonl")
                .join()
                .body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(JsonObject::new)
                .forEach(entry -> history.audited(entry.getLong("seq"), entry.getString("action"), changeOf(entry)));
    }

    /** An outage that ended is told by what it was before. */
    private static String changeOf(JsonObject entry) {
        JsonObject after = entry.getJsonObject("after");
        String outage = after.getString("outage", "");
        return (outage.isEmpty() ? entry.getJsonObject("before").getString("outage", "") : outage) + " to "
                + after.getString("mode");
    }

    /** With the breaker the noted calls get their incidents afterwards. */
    private String drained(Vendors vendors, long start) {
        long until = System.nanoTime() + drain * 1_000_000_000L;
        int count;
        int others;
        do {
            Lab.rest(5_000);
            count = count(vendors, "short_descriptionLIKETopic: email");
            others = count(vendors, "short_descriptionLIKETopic: other");
        } while ((count < calls || others < seconds) && System.nanoTime() < until);
        return count + ", " + String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 6e10);
    }

    private static void storm(List<Bridge> bridges, String topic, int count, int length, Tally tally, History history) {
        OpenLoop.offer(
                (double) count / length,
                Duration.ofSeconds(length),
                turn -> {
                    String conversation = UUID.randomUUID().toString();
                    return bridges.get(turn % bridges.size())
                            .post("/v1/wrapups", wrapUp(conversation, topic))
                            .thenApply(reply -> {
                                if (reply.status() == 200) {
                                    history.accepted(conversation);
                                }
                                return reply;
                            });
                },
                tally::add);
    }

    private static String wrapUp(String conversation, String topic) {
        return new JsonObject()
                .put("conversationId", conversation)
                .put("wrapUpCode", topic)
                .put("customerName", "Abel Tuter")
                .put("sysId", "62826bf03710200044e0bfc8bcbe5df1")
                .put("waitMs", WAIT_MS)
                .encode();
    }

    private static int count(Vendors vendors, String query) {
        String path = "/sandbox/servicenow/api/now/stats/incident?sysparm_count=true&sysparm_query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return Integer.parseInt(new JsonObject(vendors.send("GET", path, null))
                .getJsonObject("result")
                .getJsonObject("stats")
                .getString("count"));
    }

    private static int most(Vendors vendors) {
        return new JsonObject(vendors.send("GET", "/sandbox/traffic", null))
                .getJsonObject("servicenow")
                .getInteger("maxPer60s");
    }

    /** What callers got. */
    private static final class Tally {

        private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        private final Latencies latencies = new Latencies();
        private final LongAdder failed = new LongAdder();

        void add(int turn, long nanos, Client.Reply reply) {
            if (reply == null || reply.status() != 200) {
                failed.increment();
                return;
            }
            answers.computeIfAbsent(Bridge.status(reply), name -> new LongAdder())
                    .increment();
            latencies.add(nanos / 1e6 - WAIT_MS);
        }

        long of(String status) {
            LongAdder count = answers.get(status);
            return count == null ? 0 : count.sum();
        }

        String beyond(double quantile) {
            return latencies.count() == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%.0f", Math.max(0, latencies.at(quantile)));
        }

        @Override
        public String toString() {
            return new TreeMap<>(answers)
                    .entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey())
                            .collect(Collectors.joining(", "));
        }
    }
}
