import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.VendorSimulation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** How long the console's pages take, over HTTP, when an outage has thousands of noted calls and the trail its entries. */
public final class Pages {

    private static final String OPERATOR = "sandbox-operator";
    private static final int AT_ONCE = 25;

    private Pages() {}

    public static void main(String[] args) {
        Options options = Options.of(args, "Pages", 2);
        int calls = options.word(0, 5000);
        int pages = options.word(1, 100);
        StringBuilder report = new StringBuilder("# Pages, " + Instant.now() + "\n\n" + Results.machine() + "; " + calls
                + " noted calls\n\n" + Latencies.HEADER);
        RedisProcess redis = RedisProcess.start();
        try (redis;
                VendorSimulation simulation = VendorSimulation.start()) {
            BridgeProcess bridge = BridgeProcess.start(simulation.properties(
                    Map.of("quarkus.redis.hosts", redis.uri(), "bridge.outage.notes.every", "10s")));
            try (bridge) {
                String outage = note(bridge, calls);
                line(report, bridge, "overview", pages, page -> "/console");
                line(report, bridge, "outage", pages, page -> "/console/outages/email");
                line(
                        report,
                        bridge,
                        "noted calls",
                        pages,
                        page -> "/console/outages/ledger/" + outage + "?from=" + page * 50 % calls);
                line(report, bridge, "outbox", pages, page -> "/console/outbox");
                line(report, bridge, "audit trail", pages, page -> "/console/audit");
            }
        }
        Results.report("pages", report);
    }

    private static String note(BridgeProcess bridge, int calls) {
        must(bridge.post("/v1/ops/outages/email/trip", "{\"reason\":\"measuring\"}", OPERATOR)
                .join());
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            sent.add(bridge.post(
                    "/v1/wrapups",
                    new JsonObject()
                            .put("conversationId", UUID.randomUUID().toString())
                            .put("wrapUpCode", "email")
                            .put("customerName", "Caller " + call)
                            .put("waitMs", 0)
                            .encode()));
            if (sent.size() == AT_ONCE) {
                sent.forEach(answer -> must(answer.join()));
                sent.clear();
            }
        }
        sent.forEach(answer -> must(answer.join()));
        JsonObject history =
                new JsonObject(must(bridge.send("GET", "/v1/ops/outages/history?topic=email", null, OPERATOR)
                        .join()));
        return history.getJsonArray("transitions").getJsonObject(0).getString("outageId");
    }

    private static void line(
            StringBuilder report, BridgeProcess bridge, String name, int pages, IntFunction<String> path) {
        Latencies latencies = new Latencies();
        for (int page = 0; page < pages; page++) {
            long start = System.nanoTime();
            must(bridge.send("GET", path.apply(page), null, OPERATOR).join());
            latencies.add((System.nanoTime() - start) / 1e6);
        }
        report.append(latencies.row(name));
    }

    private static String must(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
