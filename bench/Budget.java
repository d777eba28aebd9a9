import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ten times ServiceNow's limit, offered to 1, 2 and 4 replicas for whole windows, the budget being that limit itself; then
 * tickets without end beside lookups that need half of it. Overshoot, or a 429, ends the run with an error.
 */
public class Budget {

    private static final Path RESULTS = Path.of("bench/results");
    private static final int LIMIT = 1000;
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private static int wrong;

    public static void main(String[] args) throws Exception {
        int windows = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Files.createDirectories(RESULTS);
        StringBuilder report = new StringBuilder(String.format(Locale.ROOT, "# Budget, %s%n%n%d cores, Java %s; %d a minute, %d windows each%n%n"
                + "| replicas | offered | offered a minute | most in 60 s at ServiceNow | refused by it (429) | used, %% | lookups answered, %% | lookup p99, ms | HTTP errors |%n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n",
                Instant.now(), Runtime.getRuntime().availableProcessors(), Runtime.version(), LIMIT, windows));
        for (int replicas : new int[] {1, 2, 4}) {
            report.append(measure(replicas, windows, 10 * LIMIT, 0));
        }
        report.append(measure(4, windows, LIMIT / 2, 3 * LIMIT));
        System.out.println(report);
        Files.writeString(RESULTS.resolve("budget-" + Instant.now().getEpochSecond() + ".md"), report);
        System.exit(wrong > 0 ? 1 : 0);
    }

    private static String measure(int count, int windows, int lookups, int tickets) throws Exception {
        RedisProcess redis = RedisProcess.start();
        try (redis; VendorSimulation simulation = VendorSimulation.start()) {
            Vendors vendors = simulation.vendors();
            // Without the headers: their limit would be understood as one of an hour, as ServiceNow means it.
            vendors.fail("servicenow", new JsonObject()
                    .put("rateLimit", LIMIT)
                    .put("rateLimitWindowSeconds", PERIOD.toSeconds())
                    .put("rateLimitHeaders", false)
                    .encode());
            List<BridgeProcess> replicas = BridgeProcess.start(count, simulation.properties(Map.of(
                    "quarkus.redis.hosts", redis.uri(),
                    "bridge.outage.operation", "off",
                    "bridge.budget.upstreams.servicenow.windows[0].limit", Integer.toString(LIMIT),
                    "bridge.budget.upstreams.servicenow.windows[0].period", PERIOD.toSeconds() + "s")));
            try {
                return run(vendors, replicas, windows, lookups, tickets);
            } finally {
                replicas.forEach(BridgeProcess::close);
            }
        }
    }

    private static String run(Vendors vendors, List<BridgeProcess> replicas, int windows, int lookups, int tickets)
            throws InterruptedException {
        Load.warmUp(replicas);
        try (Load load = Load.offer(lookups / 60, replicas, call -> Load.unknownNumber())) {
            Load.goOnFor(Duration.ofSeconds(15));
            load.end();
        }
        Load.goOnFor(PERIOD.plusSeconds(5));
        vendors.forgetTraffic();

        String sysId = vendors.records("sys_user", "user_name=abel.tuter").getJsonObject(0).getString("sys_id");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        if (tickets > 0) {
            int[] sent = {0};
            clock.scheduleAtFixedRate(() -> wrapUp(replicas.get(sent[0]++ % replicas.size()), sysId),
                    0, 60_000_000L / tickets, TimeUnit.MICROSECONDS);
        }
        List<Answer> answers;
        int arrived;
        try (Load load = Load.offer(lookups / 60, replicas, call -> Load.unknownNumber())) {
            Load.goOnFor(PERIOD.multipliedBy(windows));
            arrived = vendors.arrived("servicenow");
            answers = load.end();
        } finally {
            clock.shutdownNow();
        }
        int most = new JsonObject(vendors.send("GET", "/sandbox/traffic", null))
                .getJsonObject("servicenow").getInteger("maxPer60s");
        int refused = vendors.answered("servicenow", 429);
        wrong += most > LIMIT || refused > 0 ? 1 : 0;
        List<Answer> known = answers.stream().filter(answer -> answer.status().equals("NOT_FOUND")).toList();
        long[] took = answers.stream().mapToLong(answer -> answer.took().toMillis()).sorted().toArray();
        return String.format(Locale.ROOT, "| %d | %s | %d | %d | %d | %.1f | %.1f | %d | %d |%n",
                replicas.size(),
                tickets == 0 ? "lookups" : "lookups " + lookups + ", wrap-ups " + tickets,
                lookups + tickets,
                most,
                refused,
                100.0 * arrived / windows / LIMIT,
                100.0 * known.size() / answers.size(),
                took[(int) (took.length * 0.99)],
                answers.stream().filter(answer -> answer.http() != 200).count());
    }

    private static void wrapUp(BridgeProcess replica, String caller) {
        replica.post("/v1/wrapups", new JsonObject()
                .put("conversationId", UUID.randomUUID().toString())
                .put("wrapUpCode", "email")
                .put("sysId", caller)
                .put("waitMs", 0)
                .encode());
    }
}
