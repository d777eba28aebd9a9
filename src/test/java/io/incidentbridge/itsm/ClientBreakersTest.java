package io.incidentbridge.itsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.incidentbridge.metrics.TestMetrics;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBreakersTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @Test
    void shouldKnowEveryBreakerByAName() {
        List<JavaMethod> guarded = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.incidentbridge").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(CircuitBreaker.class))
                        .toList();

        assertThat(guarded).allMatch(method -> method.isAnnotatedWith(CircuitBreakerName.class));
        assertThat(guarded.stream().map(method -> method.getAnnotationOfType(CircuitBreakerName.class)
                        .value()))
                .containsExactlyInAnyOrderElementsOf(ClientBreakers.NAMES);
    }

    @Test
    void shouldSayThatAVendorIsDownOnceAProbeFailedLongAfterItsBreakerOpened() {
        Breakers vendor = new Breakers();
        ClientBreakers breakers = new ClientBreakers(vendor, TestMetrics.create());
        breakers.watch(null);

        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.OPEN);
        boolean atFirst = breakers.isDown("servicenow", Duration.ofNanos(1));
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.HALF_OPEN);
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.OPEN);
        boolean afterAFailedProbe = breakers.isDown("servicenow", Duration.ofNanos(1));
        boolean forAnHour = breakers.isDown("servicenow", Duration.ofHours(1));
        boolean another = breakers.isDown("genesys", Duration.ofNanos(1));
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.CLOSED);

        assertThat(atFirst).isFalse();
        assertThat(afterAFailedProbe).isTrue();
        assertThat(forAnHour).isFalse();
        assertThat(another).isFalse();
        assertThat(breakers.isDown("servicenow", Duration.ofNanos(1))).isFalse();
    }

    @Test
    void shouldNotSayThatAVendorIsDownWhenNobodyHasCalledItLately() {
        Breakers vendor = new Breakers();
        AtomicLong seconds = new AtomicLong();
        ClientBreakers breakers = watched(vendor, seconds);
        failsEvery(vendor, seconds, 2, 31);

        boolean failing = breakers.isDown("servicenow", HALF_A_MINUTE);
        seconds.addAndGet(59);
        boolean aMinuteLater = breakers.isDown("servicenow", HALF_A_MINUTE);
        seconds.addAndGet(1);

        assertThat(failing).isTrue();
        assertThat(aMinuteLater).isTrue();
        assertThat(breakers.isDown("servicenow", HALF_A_MINUTE)).isFalse();
    }

    @Test
    void shouldCountTheLengthAnewWhenItIsCalledAgainAfterAWhile() {
        Breakers vendor = new Breakers();
        AtomicLong seconds = new AtomicLong();
        ClientBreakers breakers = watched(vendor, seconds);
        failsEvery(vendor, seconds, 2, 31);
        seconds.addAndGet(60);

        fails(vendor);
        boolean byOneProbe = breakers.isDown("servicenow", HALF_A_MINUTE);
        failsEvery(vendor, seconds, 2, 16);

        assertThat(byOneProbe).isFalse();
        assertThat(breakers.isDown("servicenow", HALF_A_MINUTE)).isTrue();
    }

    @Test
    void shouldNeverSayThatAVendorIsDownThatIsCalledNowAndThen() {
        Breakers vendor = new Breakers();
        AtomicLong seconds = new AtomicLong();
        ClientBreakers breakers = watched(vendor, seconds);

        for (int call = 0; call < 10; call++) {
            failsEvery(vendor, seconds, 300, 1);
            assertThat(breakers.isDown("servicenow", HALF_A_MINUTE)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20, 59})
    void shouldNotWaverBetweenTwoProbesOfABreakerThatIsCalled(int every) {
        Breakers vendor = new Breakers();
        AtomicLong seconds = new AtomicLong();
        ClientBreakers breakers = watched(vendor, seconds);
        failsEvery(vendor, seconds, every, 1 + 30 / every + 1);

        for (int second = 0; second < 600; second++) {
            assertThat(breakers.isDown("servicenow", HALF_A_MINUTE)).isTrue();
            seconds.incrementAndGet();
            if (second % every == every - 1) {
                fails(vendor);
            }
        }
    }

    @Test
    void shouldTakeAProbeThatWasNotSentForNoProofAtAll() {
        Breakers vendor = new Breakers();
        ClientBreakers breakers = new ClientBreakers(vendor, TestMetrics.create());
        breakers.watch(null);
        Uni<Void> refused = breakers.proving(
                ClientBreakers.SERVICENOW_READ,
                Uni.createFrom()
                        .failure(new ConnectorException.Unsent("servicenow", "no room", Duration.ofSeconds(3))));

        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.OPEN);
        Throwable whileOpen = failure(refused);
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.HALF_OPEN);
        Throwable asProbe = failure(refused);
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.OPEN);

        assertThat(whileOpen).isInstanceOf(ConnectorException.Unsent.class);
        assertThat(asProbe).isInstanceOfSatisfying(ConnectorException.Unproven.class, probe -> {
            assertThat(probe.reason()).isEqualTo(FailureReason.RATE_LIMITED);
            assertThat(probe.retryAfter()).contains(Duration.ofSeconds(3));
        });
        assertThat(breakers.isDown("servicenow", Duration.ofNanos(1))).isFalse();
    }

    private static ClientBreakers watched(Breakers vendor, AtomicLong seconds) {
        ClientBreakers breakers =
                new ClientBreakers(vendor, TestMetrics.create(), () -> TimeUnit.SECONDS.toNanos(seconds.get()));
        breakers.watch(null);
        return breakers;
    }

    /** The breaker opens, or a probe of it fails, so many times; each so many seconds after the one before. */
    private static void failsEvery(Breakers vendor, AtomicLong seconds, int pause, int times) {
        for (int i = 0; i < times; i++) {
            seconds.addAndGet(pause);
            fails(vendor);
        }
    }

    private static void fails(Breakers vendor) {
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.HALF_OPEN);
        vendor.turns(ClientBreakers.SERVICENOW_READ, CircuitBreakerState.OPEN);
    }

    private static Throwable failure(Uni<?> call) {
        return call.onItemOrFailure()
                .transform((item, failure) -> failure)
                .await()
                .indefinitely();
    }

    /** Breakers that turn when the test says so. */
    private static final class Breakers implements CircuitBreakerMaintenance {
        private final Map<String, Consumer<CircuitBreakerState>> listeners = new HashMap<>();
        private final Map<String, CircuitBreakerState> states = new HashMap<>();

        void turns(String name, CircuitBreakerState state) {
            states.put(name, state);
            listeners.get(name).accept(state);
        }

        @Override
        public void onStateChange(String name, Consumer<CircuitBreakerState> listener) {
            listeners.put(name, listener);
        }

        @Override
        public CircuitBreakerState currentState(String name) {
            return states.getOrDefault(name, CircuitBreakerState.CLOSED);
        }

        @Override
        public void reset(String name) {}

        @Override
        public void resetAll() {}
    }
}
