package io.incidentbridge.itsm;

import io.incidentbridge.metrics.BridgeMetrics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Every client breaker by name: vendor, then kind of call. Shown as a metric and by readiness, and each transition is
 * logged. Like the breakers themselves this is what one replica has seen.
 *
 * <pre>
 * closed ----- half of the last 20 attempts failed ----> open
 * open ------- a call 2 s later goes out as a probe ---> half_open
 * half_open -- the vendor answered --------------------> closed
 * half_open -- the probe failed, or was not sent ------> open
 * </pre>
 *
 * <p>Time alone changes nothing: without calls an open breaker stays open.
 */
@ApplicationScoped
public class ClientBreakers {

    public static final String SERVICENOW_READ = "servicenow-read";
    public static final String SERVICENOW_WRITE = "servicenow-write";
    public static final String GENESYS_READ = "genesys-read";
    public static final String GENESYS_ATTRIBUTES = "genesys-attributes";
    public static final String GENESYS_PRIORITY = "genesys-priority";

    /** The names of all; a breaker that is missing here would open unseen, which a test prevents. */
    public static final List<String> NAMES =
            List.of(SERVICENOW_READ, SERVICENOW_WRITE, GENESYS_READ, GENESYS_ATTRIBUTES, GENESYS_PRIORITY);

    private static final Logger LOG = Logger.getLogger(ClientBreakers.class);

    /**
     * How long a failed probe says something of the vendor. Many times a breaker's delay, so that nothing wavers between two
     * probes of one that is called, and longer than the pauses of what the bridge tries regularly.
     */
    private static final Duration PROOF = Duration.ofSeconds(60);

    private final CircuitBreakerMaintenance breakers;
    private final BridgeMetrics metrics;
    private final LongSupplier nanoTime;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    private final Set<String> unproven = ConcurrentHashMap.newKeySet();

    @Inject
    ClientBreakers(CircuitBreakerMaintenance breakers, BridgeMetrics metrics) {
        this(breakers, metrics, System::nanoTime);
    }

    ClientBreakers(CircuitBreakerMaintenance breakers, BridgeMetrics metrics, LongSupplier nanoTime) {
        this.breakers = breakers;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /** At start, as a breaker that has never been called is closed and shall be seen to be. */
    void watch(@Observes StartupEvent started) {
        NAMES.forEach(name -> {
            String[] parts = name.split("-", 2);
            metrics.clientBreaker(
                    parts[0], parts[1], List.of(CircuitBreakerState.values()), () -> breakers.currentState(name));
            breakers.onStateChange(name, state -> {
                log(name, state);
                note(name, state);
            });
        });
    }

    /**
     * The call under a breaker: a probe that the bridge's own budget holds back must not pass for the vendor's answer, as
     * every failure does that the annotation is not told of (docs/adr/0010). So the breaker opens again until the next one.
     */
    public <T> Uni<T> proving(String name, Uni<T> call) {
        return call.onFailure(ConnectorException.Unsent.class).transform(unsent -> {
            if (breakers.currentState(name) != CircuitBreakerState.HALF_OPEN) {
                return unsent;
            }
            unproven.add(name);
            return new ConnectorException.Unproven((ConnectorException.Unsent) unsent);
        });
    }

    /** {@code closed}, {@code open} or {@code half_open}, as the metric's label spells it. */
    public String state(String name) {
        return spelled(breakers.currentState(name));
    }

    /**
     * Whether a vendor has failed for so long until now: one of its breakers opened, has not closed since, and probes failed
     * up to that much later, the last one within a minute. A breaker that nobody calls says nothing about the vendor and
     * counts for nothing; when it is called again the length is counted anew.
     */
    public boolean isDown(String vendor, Duration length) {
        long now = nanoTime.getAsLong();
        return failing.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(vendor + "-")
                        && entry.getValue().isProven(now)
                        && entry.getValue().lasted().compareTo(length) >= 0);
    }

    private void note(String name, CircuitBreakerState state) {
        long now = nanoTime.getAsLong();
        switch (state) {
            case OPEN -> {
                if (!unproven.remove(name)) {
                    failing.merge(
                            name,
                            new Failing(now, now),
                            (known, again) -> known.isProven(now) ? new Failing(known.since, now) : again);
                }
            }
            case CLOSED -> failing.remove(name);
            case HALF_OPEN -> {}
        }
    }

    /** From the first failure to the last one that was proven, in monotonic nanoseconds. */
    private record Failing(long since, long last) {
        Duration lasted() {
            return Duration.ofNanos(last - since);
        }

        boolean isProven(long now) {
            return now - last < PROOF.toNanos();
        }
    }

    private static void log(String name, CircuitBreakerState state) {
        LOG.logf(
                state == CircuitBreakerState.OPEN ? Logger.Level.WARN : Logger.Level.INFO,
                "client breaker changed breaker=%s state=%s",
                name,
                spelled(state));
    }

    private static String spelled(CircuitBreakerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
