package io.incidentbridge.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSelectorTest {

    private static final Instant NOW = Instant.parse("2030-01-31T09:00:00Z");
    private static final List<String> QUEUES = List.of("q1", "q2");

    @Test
    void shouldChooseNothingWithoutAnEmergency() {
        assertThat(selector(0).choose(List.of(), snapshot(NOW, Map.of())))
                .isEqualTo(new QueueSelector.Choice("", List.of(), ""));
    }

    @Test
    void shouldChooseTheFirstQueueWithoutObservations() {
        QueueSelector.Choice choice = selector(0.99).choose(QUEUES, snapshot(Instant.EPOCH, Map.of()));

        assertThat(choice.queueId()).isEqualTo("q1");
        assertThat(choice.weights()).containsExactly(50, 50);
        assertThat(choice.overflowQueueId()).isEqualTo("q-overflow");
    }

    @Test
    void shouldChooseTheFirstQueueWhenObservationsAreOld() {
        Map<String, QueueLoad> loads = Map.of("q1", new QueueLoad(0, 0, 9), "q2", new QueueLoad(5, 0, 0));

        assertThat(selector(0)
                        .choose(QUEUES, snapshot(NOW.minusSeconds(31), loads))
                        .queueId())
                .isEqualTo("q1");
    }

    @Test
    void shouldChooseTheFirstQueueThatHasAnAgentForTheNextCall() {
        Map<String, QueueLoad> loads = Map.of("q1", new QueueLoad(2, 3, 2), "q2", new QueueLoad(1, 0, 0));

        assertThat(selector(0).choose(QUEUES, snapshot(NOW, loads)).queueId()).isEqualTo("q2");
    }

    @ParameterizedTest
    @CsvSource({"0.0,q1", "0.7,q1", "0.76,q2", "0.999,q2"})
    void shouldSpreadCallsByWeightWhenAllAgentsAreBusy(double random, String queue) {
        Map<String, QueueLoad> loads = Map.of("q1", new QueueLoad(0, 9, 2), "q2", new QueueLoad(0, 3, 2));

        QueueSelector.Choice choice = selector(random).choose(QUEUES, snapshot(NOW, loads));

        assertThat(choice.weights()).containsExactly(75, 25);
        assertThat(choice.queueId()).isEqualTo(queue);
    }

    @Test
    void shouldWeighAsConfigured() {
        Map<String, QueueLoad> loads = Map.of("q1", new QueueLoad(0, 1, 0), "q2", new QueueLoad(0, 1, 0));
        QueueSelector selector = selector(0, Map.of("bridge.emergency.groups.default.queue-weights.q1", "0"));

        assertThat(selector.choose(QUEUES, snapshot(NOW, loads)).queueId()).isEqualTo("q2");
    }

    @Test
    void shouldOverflowWhenNoQueueIsStaffed() {
        Map<String, QueueLoad> loads = Map.of("q1", new QueueLoad(0, 0, 0), "q2", new QueueLoad(0, 0, 4));

        assertThat(selector(0).choose(QUEUES, snapshot(NOW, loads)).queueId()).isEqualTo("q-overflow");
    }

    private static QueueSelector selector(double random) {
        return selector(random, Map.of());
    }

    private static QueueSelector selector(double random, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bridge.emergency.groups.default.targets[0].kind", "EMERGENCY_ROUTING",
                "bridge.emergency.groups.default.overflow-queue-id", "q-overflow"));
        properties.putAll(more);
        EmergencyConfig config = EmergencyFixture.config(properties);
        return new QueueSelector(config.groups().get("default"), Duration.ofSeconds(30), () -> random);
    }

    private static Snapshot snapshot(Instant observed, Map<String, QueueLoad> loads) {
        return new Snapshot(
                NOW,
                List.of(),
                Map.of(),
                1,
                NOW,
                1,
                NOW,
                0,
                null,
                false,
                NOW,
                Snapshot.Cause.NONE,
                Optional.empty(),
                Optional.empty(),
                new Snapshot.Queues(observed, loads),
                List.of(),
                Map.of());
    }
}
