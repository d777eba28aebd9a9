import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** W4: far more than ServiceNow's limit, offered for whole windows to several processes of one system on one Redis. */
final class Tenfold {

    static final int LIMIT = 1_000;
    static final Duration PERIOD = Duration.ofSeconds(60);

    private static final String ABEL_TUTER = "62826bf03710200044e0bfc8bcbe5df1";

    /**
     * What became of it.
     *
     * @param most     requests in any 60 s at ServiceNow
     * @param refused  by ServiceNow (429)
     * @param used     of the windows' room, in percent
     * @param answered of the lookups, in percent
     * @param wrong    answers that are neither whole nor say that there is no room
     */
    record Outcome(int most, int refused, double used, double answered, double p99Ms, int wrong) {

        /** How far beyond the limit; what ServiceNow refused is among the most. */
        int overshoot() {
            return Math.max(0, most - LIMIT);
        }
    }

    private final Client client;
    private final Subject subject;
    private final int processes;
    private final Plan plan;

    /** For how long; and before that for how long to warm up and to rest, so that the budget is whole again. */
    record Plan(int windows, Duration length, Duration warmUp, Duration rest) {

        /** Whole windows. */
        static Plan of(int windows) {
            return new Plan(windows, PERIOD.multipliedBy(windows), Duration.ofSeconds(15), PERIOD.plusSeconds(5));
        }

        /** Shows that everything works, and little more: the beginning of one window. */
        static Plan quick() {
            return new Plan(1, Duration.ofSeconds(20), Duration.ofSeconds(15), PERIOD.plusSeconds(5));
        }

        @Override
        public String toString() {
            return length.toSeconds() + " s, after " + warmUp.toSeconds() + " s of warm-up and " + rest.toSeconds()
                    + " s of rest";
        }
    }

    Tenfold(Client client, Subject subject, int processes, Plan plan) {
        this.client = client;
        this.subject = subject;
        this.processes = processes;
        this.plan = plan;
    }

    /**
     * Starts and ends all that it needs.
     *
     * @param lookups  a minute
     * @param wrapUps  a minute beside them, which only the bridge has
     */
    Outcome measure(int lookups, int wrapUps) throws Skipped {
        try (RedisProcess redis = RedisProcess.start();
                VendorSimulation simulation = VendorSimulation.start()) {
            Vendors vendors = simulation.vendors();
            People people = new People(vendors);
            // Without the headers: their limit would be understood as one of an hour, as ServiceNow means it.
            vendors.fail(
                    "servicenow",
                    new JsonObject()
                            .put("rateLimit", LIMIT)
                            .put("rateLimitWindowSeconds", PERIOD.toSeconds())
                            .put("rateLimitHeaders", false)
                            .encode());
            vendors.fail("genesys", "{\"rateLimit\":1000000}");
            Site site =
                    new Site(client, Site.serviceNowOf(simulation), simulation, people, redis.uri(), LIMIT, processes);
            List<Gateway> gateways = new ArrayList<>();
            try {
                for (int process = 0; process < processes; process++) {
                    gateways.add(subject.start(site));
                }
                return run(vendors, gateways, lookups, wrapUps);
            } finally {
                gateways.forEach(Gateway::close);
            }
        }
    }

    /** Compiled code and a whole budget first: both are a matter of a minute, not of how the budget is kept. */
    private Outcome run(Vendors vendors, List<Gateway> gateways, int lookups, int wrapUps) {
        offer(gateways, lookups, plan.warmUp(), (turn, nanos, reply) -> {});
        Lab.rest(plan.rest().toMillis());
        vendors.forgetTraffic();
        Duration length = plan.length();
        Histogram latencies = new ConcurrentHistogram(3);
        AtomicInteger[] verdicts = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        CompletableFuture<Void> beside = wrapUps == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> wrapUp(gateways, wrapUps, length));
        CompletableFuture<Integer> arrived = CompletableFuture.supplyAsync(() -> {
            Lab.rest(length.toMillis());
            return vendors.arrived("servicenow");
        });
        offer(gateways, lookups, length, (turn, nanos, reply) -> {
            latencies.recordValue(nanos);
            verdicts[gateways.get(turn % gateways.size()).judge(reply).ordinal()].incrementAndGet();
        });
        beside.join();
        JsonObject traffic = new JsonObject(vendors.send("GET", "/sandbox/traffic", null)).getJsonObject("servicenow");
        int refused = vendors.answered("servicenow", 429);
        return new Outcome(
                traffic.getInteger("maxPer60s"),
                refused,
                100.0 * (arrived.join() - refused) / plan.windows() / LIMIT,
                100.0 * verdicts[Gateway.Verdict.ANSWERED.ordinal()].get() / latencies.getTotalCount(),
                latencies.getValueAtPercentile(99) / 1e6,
                verdicts[Gateway.Verdict.WRONG.ordinal()].get());
    }

    private void offer(List<Gateway> gateways, int aMinute, Duration length, OpenLoop.Listener listener) {
        OpenLoop.offer(
                aMinute / 60.0,
                length,
                turn -> client.send(gateways.get(turn % gateways.size()).anew(turn)),
                listener);
    }

    private void wrapUp(List<Gateway> gateways, int aMinute, Duration length) {
        OpenLoop.offer(
                aMinute / 60.0,
                length,
                turn -> ((Bridge) gateways.get(turn % gateways.size()))
                        .post(
                                "/v1/wrapups",
                                new JsonObject()
                                        .put("conversationId", UUID.randomUUID().toString())
                                        .put("wrapUpCode", "email")
                                        .put("sysId", ABEL_TUTER)
                                        .put("waitMs", 0)
                                        .encode()),
                (turn, nanos, reply) -> {});
    }
}
