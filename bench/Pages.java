import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.VendorSimulation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** How long the console's pages take, over HTTP, when an outage has thousands of noted calls and the trail its entries. */
public class Pages {

    private static final Path RESULTS = Path.of("bench/results");
    private static final String OPERATOR = "sandbox-operator";
    private static final int AT_ONCE = 25;

    public static void main(String[] args) throws Exception {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        int pages = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        Files.createDirectories(RESULTS);
        StringBuilder report = new StringBuilder(String.format(Locale.ROOT,
                "# Pages, %s%n%n%d cores, Java %s; %d noted calls, %d requests each%n%n| page | p50, ms | p99, ms | most, ms |%n| --- | --- | --- | --- |%n",
                Instant.now(), Runtime.getRuntime().availableProcessors(), Runtime.version(), calls, pages));
        RedisProcess redis = RedisProcess.start();
        try (redis; VendorSimulation simulation = VendorSimulation.start()) {
            BridgeProcess bridge = BridgeProcess.start(simulation.properties(Map.of(
                    "quarkus.redis.hosts", redis.uri(), "bridge.outage.notes.every", "10s")));
            try (bridge) {
                String outage = note(bridge, calls);
                line(report, bridge, "overview", pages, page -> "/console");
                line(report, bridge, "outage", pages, page -> "/console/outages/email");
                line(report, bridge, "noted calls", pages,
                        page -> "/console/outages/ledger/" + outage + "?from=" + page * 50 % calls);
                line(report, bridge, "outbox", pages, page -> "/console/outbox");
                line(report, bridge, "audit trail", pages, page -> "/console/audit");
            }
        }
        System.out.println(report);
        Files.writeString(RESULTS.resolve("pages-" + Instant.now().getEpochSecond() + ".md"), report);
    }

    private static String note(BridgeProcess bridge, int calls) {
        must(bridge.post("/v1/ops/outages/email/trip", "{\"reason\":\"measuring\"}", OPERATOR).join());
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            sent.add(bridge.post("/v1/wrapups", new JsonObject()
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
        JsonObject history = new JsonObject(must(bridge.send("GET", "/v1/ops/outages/history?topic=email", null, OPERATOR).join()));
        return history.getJsonArray("transitions").getJsonObject(0).getString("outageId");
    }

    private static void line(StringBuilder report, BridgeProcess bridge, String name, int pages, java.util.function.IntFunction<String> path) {
        long[] took = new long[pages];
        for (int page = 0; page < pages; page++) {
            long start = System.nanoTime();
            must(bridge.send("GET", path.apply(page), null, OPERATOR).join());
            took[page] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        report.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.0f |%n",
                name, took[pages / 2] / 1e6, took[(int) (pages * 0.99)] / 1e6, took[pages - 1] / 1e6));
    }

    private static String must(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
