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
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.junit.jupiter.api.Test;

class ClientBreakersTest {

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
