package io.incidentbridge.outbox;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers on a real Redis. */
class OutboxWorkerRedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static OutboxFixture fixture;

    private final String kind = "k" + UUID.randomUUID().toString().substring(0, 8);
    private OutboxWorker worker;

    @BeforeAll
    static void start() {
        fixture = new OutboxFixture(
                Map.of("tick", "20ms", "patience", "0s", "least-attempts", "3", "backoff", "1ms", "parallel", "4"));
    }

    @AfterAll
    static void stopAll() {
        fixture.close();
    }

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.stop(null);
        }
    }

    @Test
    void shouldWorkOffFarMoreThanItDoesAtOnce() {
        RecordingHandler handler = new RecordingHandler(kind);
        worker = fixture.worker(handler);
        worker.start(null);

        for (int i = 0; i < 100; i++) {
            add("c" + i);
        }

        await().atMost(PATIENCE).until(() -> handler.handled.size() == 100);
        await().atMost(PATIENCE)
                .until(() -> await(fixture.gauges(worker).count()).get(kind).pending() == 0);
    }

    @Test
    void shouldTakeOverFromAWorkerThatDiedBetweenClaimAndAck() {
        String id = add("c1");
        assertThat(fixture.claim(kind, 1)).as("by a worker that dies now").hasSize(1);
        RecordingHandler handler = new RecordingHandler(kind);
        worker = fixture.worker(handler);
        worker.start(null);

        fixture.fallDue(id, kind);

        await().atMost(PATIENCE).until(() -> "DONE".equals(fixture.field(id, "state")));
        assertThat(handler.handled).hasSize(1);
        assertThat(handler.handled.get(0).lost()).isEqualTo(1);
    }

    @Test
    void shouldDoAgainWhatWasDoneButNotNoted() {
        String id = add("c1");
        OutboxItem claimed = fixture.claim(kind, 1).get(0);
        RecordingHandler handler = new RecordingHandler(kind);
        handler.handle(claimed);
        worker = fixture.worker(handler);
        worker.start(null);

        fixture.fallDue(id, kind);

        await().atMost(PATIENCE).until(() -> "DONE".equals(fixture.field(id, "state")));
        assertThat(handler.handled).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void shouldDecideByTheReasonOfAFailure(FailureReason reason) {
        RecordingHandler handler = new RecordingHandler(kind).answering(item -> Uni.createFrom()
                .failure(ConnectorException.of("servicenow", reason, "no", Duration.ofHours(1), null)));
        worker = fixture.worker(handler);
        String id = add("c1");

        work(id);

        String expected =
                switch (reason) {
                    case FORBIDDEN, NOT_FOUND, REJECTED -> "DEAD";
                    default -> "READY";
                };
        assertThat(fixture.field(id, "state")).isEqualTo(expected);
        boolean free = reason == FailureReason.RATE_LIMITED || reason == FailureReason.BREAKER_OPEN;
        assertThat(fixture.field(id, "attempts")).isEqualTo(free ? "0" : "1");
    }

    @Test
    void shouldGiveUpAfterItsPatience() {
        RecordingHandler handler =
                new RecordingHandler(kind).answering(item -> Uni.createFrom().item(OutboxOutcome.retry("no luck")));
        worker = fixture.worker(handler);
        worker.start(null);

        String id = add("c1");

        await().atMost(PATIENCE).until(() -> "DEAD".equals(fixture.field(id, "state")));
        assertThat(handler.handled).hasSize(3);
        assertThat(fixture.field(id, "reason")).isEqualTo("no luck, tried for too long");
    }

    @ParameterizedTest
    @CsvSource({"19, READY", "20, DEAD"})
    void shouldSetAsideWhatItsWorkersDieOf(int deaths, String state) {
        RecordingHandler handler =
                new RecordingHandler(kind).answering(item -> Uni.createFrom().item(OutboxOutcome.retry("no luck")));
        worker = fixture.worker(handler);
        String id = add("c1");
        for (int i = 0; i < deaths; i++) {
            fixture.claim(kind, 1);
            fixture.fallDue(id, kind);
        }

        work(id);

        assertThat(fixture.field(id, "state")).isEqualTo(state);
    }

    @Test
    void shouldSurviveAHandlerThatThrows() {
        RecordingHandler handler = new RecordingHandler(kind).answering(item -> {
            throw new IllegalStateException("a mistake");
        });
        worker = fixture.worker(handler);
        String id = add("c1");

        work(id);

        assertThat(fixture.field(id, "state")).isEqualTo("READY");
        assertThat(fixture.field(id, "reason")).contains("IllegalStateException");
    }

    @Test
    void shouldFinishWhatIsInHandBeforeItStops() {
        RecordingHandler handler = new RecordingHandler(kind).answering(item -> Uni.createFrom()
                .item(OutboxOutcome.done(""))
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(300)));
        worker = fixture.worker(handler);
        worker.start(null);
        String id = add("c1");
        await().atMost(PATIENCE).until(() -> handler.handled.size() == 1);

        worker.stop(null);

        assertThat(fixture.field(id, "state")).isEqualTo("DONE");
    }

    private void work(String id) {
        OutboxItem claimed = fixture.claim(kind, 1).get(0);
        assertThat(claimed.id()).isEqualTo(id);
        await(worker.work(claimed));
    }

    private String add(String order) {
        return await(fixture.outbox().add(new NewOutboxItem(kind, order, order, "{}")))
                .id();
    }
}
