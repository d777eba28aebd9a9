package io.incidentbridge.sandbox;

import io.incidentbridge.sandbox.genesys.GenesysSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Plays callers: each call waits in a queue of the simulated Genesys, is looked up, connected and wrapped up through the
 * bridge's own HTTP API. Calls begin at an even pace; when the bridge is slower than that, no more than {@value
 * #MOST_AT_ONCE} are under way and later ones begin later.
 */
final class CallGenerator {

    private static final int MOST_AT_ONCE = 200;
    private static final long TICK_MS = 10;

    private final Vertx vertx;
    private final GenesysSimulator genesys;
    private final Targets targets;
    private final RandomGenerator random;
    private final AtomicReference<CallRun> latest = new AtomicReference<>();
    private HttpClient client;

    /**
     * Where the calls go; asked when a run starts, as a random port is known only then.
     *
     * @param bridge  the bridge's base URL
     * @param vendors the base URL of the server that has {@code /sandbox/servicenow}
     */
    record Targets(Supplier<URI> bridge, Supplier<URI> vendors) {}

    /** @param genesys null when it is not simulated here: then calls have no conversation to write attributes to */
    CallGenerator(Vertx vertx, GenesysSimulator genesys, Targets targets, RandomGenerator random) {
        this.vertx = vertx;
        this.genesys = genesys;
        this.targets = targets;
        this.random = random;
    }

    /** @return false when a run is under way: there is one at a time */
    boolean start(CallOrder order) {
        CallRun before = latest.get();
        if (before != null && !before.over()) {
            return false;
        }
        CallRun run = new CallRun(order);
        if (!latest.compareAndSet(before, run)) {
            return false;
        }
        BridgeClient bridge = new BridgeClient(client(), targets.bridge().get());
        knownNumbers()
                .onSuccess(numbers -> pace(run, new CallerNumbers(numbers, order.knownCallers(), random), bridge))
                .onFailure(e -> run.callOff("No known numbers: " + e));
        return true;
    }

    JsonObject progress() {
        CallRun run = latest.get();
        return run == null ? CallRun.none() : run.toJson();
    }

    private Future<List<String>> knownNumbers() {
        return CallerNumbers.fetch(client(), targets.vendors().get());
    }

    private void pace(CallRun run, CallerNumbers numbers, BridgeClient bridge) {
        long begin = System.nanoTime();
        vertx.setPeriodic(1, TICK_MS, timer -> {
            double seconds = (System.nanoTime() - begin) / 1e9;
            int due = 1 + (int) (seconds * run.order().perSecond());
            while (run.tryStart(due, MOST_AT_ONCE)) {
                new SimulatedCall(run, bridge, genesys, numbers.next()).begin();
            }
            if (run.over()) {
                vertx.cancelTimer(timer);
            }
        });
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = vertx.createHttpClient(
                    new HttpClientOptions().setConnectTimeout(5_000), new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
        }
        return client;
    }
}
