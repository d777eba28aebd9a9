import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.History;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * One replica for an hour: lookups, half of them of a few numbers that are mostly cached, a quarter of any known one and a
 * quarter of numbers that nobody has; beside them wrap-ups, each of another conversation. Tells every minute what callers saw
 * and what the process and its Redis hold, and at the end whether that grew. Calls that failed or got no answer from
 * ServiceNow, a process that grew ({@link SoakMinutes#faults}), wrap-ups that were lost or are there twice, or a bridge that
 * ended, end the run with an error.
 */
public final class Soak {

    private static final int WARM_UP = 20_000;
    private static final double WRAP_UPS_PER_SECOND = 0.5;
    private static final int FREQUENT = 10;
    private static final int TOPICS = 50;

    private final int minutes;
    private final int rate;
    private final Vendors vendors;
    private final Bridge bridge;
    private final RedisProcess redis;
    private final List<String> known;
    private final String caller;
    private final SoakMinutes figures;

    private Soak(Options options, VendorSimulation simulation, Bridge bridge, RedisProcess redis) {
        this.minutes = options.number("minutes", 60);
        this.rate = options.number("rate", 40);
        this.vendors = simulation.vendors();
        this.bridge = bridge;
        this.redis = redis;
        this.known = numbers();
        this.caller = vendors.records("sys_user", "user_name=abel.tuter")
                .getJsonObject(0)
                .getString("sys_id");
        this.figures = new SoakMinutes(bridge, redis, "soak-" + Instant.now().getEpochSecond() + ".csv");
    }

    public static void main(String[] args) {
        Options options = Options.of(args, "Soak", 0);
        boolean sound;
        Client client = new Client();
        try (client;
                RedisProcess redis = RedisProcess.start();
                VendorSimulation simulation = VendorSimulation.start()) {
            simulation.vendors().fail("servicenow", "{\"latencyMs\":20,\"latencySigma\":0.5,\"rateLimit\":1000000}");
            simulation.vendors().fail("genesys", "{\"rateLimit\":1000000}");
            // Cached callers would be forgotten after ten minutes: what is to be flat must have had the time to become
            // so.
            Map<String, String> properties =
                    Bridge.properties(simulation, redis.uri(), Map.of("bridge.caller.keep", "1m"));
            properties.putAll(options.properties());
            int heap = options.number("heap", 256);
            // All of the heap from the start: otherwise it would be the collector's choice that makes the process grow.
            List<String> command = Bridge.jvm("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+AlwaysPreTouch");
            try (Bridge bridge = Bridge.start(client, command, properties)) {
                sound = new Soak(options, simulation, bridge, redis).run(heap);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private boolean run(int heap) {
        OpenLoop.saturate(WARM_UP, 16, this::lookup, (turn, nanos, reply) -> {});
        Duration length = Duration.ofMinutes(minutes);
        System.out.printf(
                "# A soak, %s%n%n%s; one replica with a heap of %d MB; %d lookups/s and a wrap-up every %.0f s for "
                        + "%d minutes, ServiceNow answers after 20 ms (lognormal)%n%n%s",
                Instant.now(), Results.machine(), heap, rate, 1 / WRAP_UPS_PER_SECOND, minutes, SoakMinutes.HEADER);
        List<String> taken = new ArrayList<>();
        CompletableFuture<Void> lookups =
                CompletableFuture.runAsync(() -> OpenLoop.offer(rate, length, this::lookup, figures::onLookup));
        CompletableFuture<Void> wrapUps = CompletableFuture.runAsync(
                () -> OpenLoop.offer(WRAP_UPS_PER_SECOND, length, turn -> wrapUp(turn, taken), figures::onWrapUp));
        figures.follow(minutes);
        CompletableFuture.allOf(lookups, wrapUps).join();
        History history = history(taken);
        List<String> faults = figures.faults();
        Results.report(
                "soak",
                figures.summary() + "\n" + history.verdict() + "\n"
                        + (faults.isEmpty() ? "" : "\nFAILED: " + String.join("; ", faults) + "\n"));
        return faults.isEmpty() && history.violations().isEmpty() && bridge.isAlive();
    }

    private CompletableFuture<Client.Reply> lookup(int turn) {
        return switch (turn % 4) {
            case 0, 2 -> bridge.lookup(known.get(turn / 2 % FREQUENT));
            case 1 -> bridge.lookup(known.get(turn / 4 % known.size()));
            default -> bridge.lookup(Load.unknownNumber());
        };
    }

    private CompletableFuture<Client.Reply> wrapUp(int turn, List<String> taken) {
        String conversation = UUID.randomUUID().toString();
        JsonObject started =
                new JsonObject().put("conversationId", conversation).put("ani", Bridge.ANI);
        vendors.send("POST", "/sandbox/genesys/control/conversations", started.encode());
        JsonObject body = new JsonObject()
                .put("conversationId", conversation)
                .put("wrapUpCode", "topic-" + turn % TOPICS)
                .put("sysId", caller)
                .put("customerName", "Abel Tuter")
                .put("transcriptSummary", "What caller " + turn + " said.")
                .put("waitMs", 2_000);
        return bridge.post("/v1/wrapups", body.encode()).thenApply(reply -> {
            if (reply.status() == 200) {
                synchronized (taken) {
                    taken.add(conversation);
                }
            }
            return reply;
        });
    }

    /** Of the conversations whose wrap-up was accepted; waits for what is still to be written. */
    private History history(List<String> taken) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            History history = new History();
            taken.forEach(history::accepted);
            taken.forEach(conversation -> vendors.records("incident", "correlation_id=" + conversation)
                    .forEach(ticket -> history.ticket(conversation, ((JsonObject) ticket).getString("number"))));
            if (history.lost().isEmpty() || System.nanoTime() > deadline) {
                return history;
            }
        }
    }

    /** Those of ServiceNow's users that are numbers. */
    private List<String> numbers() {
        List<String> spelled = vendors.records("sys_user", "active=true^phoneISNOTEMPTY").stream()
                .map(user -> ((JsonObject) user).getString("phone"))
                .distinct()
                .toList();
        List<CompletableFuture<Client.Reply>> lookups =
                spelled.stream().map(bridge::lookup).toList();
        return IntStream.range(0, spelled.size())
                .filter(turn -> lookups.get(turn).join().status() == 200)
                .mapToObj(spelled::get)
                .toList();
    }
}
