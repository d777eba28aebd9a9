package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyFixture.GROUP;
import static io.incidentbridge.emergency.EmergencyFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.metrics.TestMetrics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incidents that are over at their source although nobody has told the bridge. */
class SourceReviewRedisTest {

    private static final Map<String, String> SOON = Map.of(
            "bridge.emergency.ask-sources", "1h",
            "bridge.emergency.ask-sources-first", "10ms",
            "bridge.emergency.source-divergence", "1ms",
            "bridge.emergency.api-source", "desk");
    private static EmergencyFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void fresh() {
        fixture.fresh(SOON, 1);
        fixture.tell(ClaimEvent.Kind.ACTIVATE, "INC1", 10, "q1");
    }

    @Test
    void shouldEndAnIncidentThatItsSourceCallsOverTwice() {
        review(new Source(IncidentSource.Status.RESOLVED, IncidentSource.Status.RESOLVED));

        assertThat(fixture.snapshot().claims()).isEmpty();
        assertThat(await(fixture.store.claim("INC1")).by()).isEqualTo("source:desk");
    }

    @Test
    void shouldKeepAnIncidentThatIsOpenAgainAMomentLater() {
        review(new Source(IncidentSource.Status.RESOLVED, IncidentSource.Status.OPEN));

        assertThat(fixture.snapshot().claims()).hasSize(1);
    }

    @Test
    void shouldKeepAnIncidentThatTheSourceDoesNotKnow() {
        review(new Source(IncidentSource.Status.UNKNOWN));

        assertThat(fixture.snapshot().claims()).hasSize(1);
    }

    @Test
    void shouldKeepAnIncidentWhoseSourceDoesNotAnswer() {
        review(new Source());

        assertThat(fixture.snapshot().claims()).hasSize(1);
    }

    @Test
    void shouldAskOnceInAnInterval() {
        Source source = new Source(IncidentSource.Status.OPEN, IncidentSource.Status.RESOLVED);
        review(source);

        assertThat(await(reviewBy(source).review(GROUP, fixture.snapshot()))).isFalse();
        assertThat(source.statuses).hasSize(1);
    }

    private static void review(IncidentSource source) {
        SourceReview review = reviewBy(source);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> await(review.review(GROUP, fixture.snapshot())));
    }

    private static SourceReview reviewBy(IncidentSource source) {
        EmergencyConfig config = EmergencyFixture.config(SOON);
        return new SourceReview(fixture.store, fixture.claims, List.of(source), config, TestMetrics.emergency());
    }

    /** Says one thing after the other; nothing at all when it has no more to say. */
    private static final class Source implements IncidentSource {

        private final Deque<Status> statuses;

        Source(Status... statuses) {
            this.statuses = new ArrayDeque<>(Arrays.asList(statuses));
        }

        @Override
        public String name() {
            return "desk";
        }

        @Override
        public Uni<Status> status(String key) {
            return statuses.isEmpty()
                    ? Uni.createFrom()
                            .failure(
                                    ConnectorException.of("desk", FailureReason.UNREACHABLE, "as the test wants", null))
                    : Uni.createFrom().item(statuses.pop());
        }
    }
}
