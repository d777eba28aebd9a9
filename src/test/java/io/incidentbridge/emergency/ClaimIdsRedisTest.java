package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyFixture.GROUP;
import static io.incidentbridge.emergency.EmergencyFixture.START;
import static io.incidentbridge.emergency.EmergencyFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.emergency.ClaimEvent.Kind;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two senders with an incident of the same key. */
class ClaimIdsRedisTest {

    private static final String KEY = "OPS-7";
    private static EmergencyFixture fixture;
    private ClaimIds ids;

    @BeforeAll
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void empty() {
        fixture.fresh(Map.of(), 1);
        ids = new ClaimIds(fixture.store, List.of(new Jira()));
    }

    @Test
    void shouldNotEndAnotherSendersIncidentOfTheSameKey() {
        tell(Kind.ACTIVATE, "jira", 10);
        tell(Kind.RESOLVE, "second-site", 20);
        assertThat(open()).containsExactly(KEY);

        tell(Kind.ACTIVATE, "third-site", 30);
        tell(Kind.RESOLVE, "jira", 40);
        assertThat(open()).containsExactly("third-site:" + KEY);
    }

    @Test
    void shouldGoOnWithAClaimThatWasStoredByItsKeyAlone() {
        record(Kind.ACTIVATE, KEY, "second-site", 10);

        assertThat(idsOf("second-site", KEY, false)).containsExactly(KEY);
        tell(Kind.RESOLVE, "second-site", 20);
        assertThat(open()).isEmpty();
        tell(Kind.ACTIVATE, "second-site", 15);
        assertThat(open()).isEmpty();
    }

    @Test
    void shouldEndWhatTwoVersionsHaveOpenedByEitherId() {
        tell(Kind.ACTIVATE, "second-site", 10);
        record(Kind.ACTIVATE, KEY, "second-site", 11);
        assertThat(open()).containsExactlyInAnyOrder(KEY, "second-site:" + KEY);

        tell(Kind.RESOLVE, "second-site", 20);
        assertThat(open()).isEmpty();
    }

    @Test
    void shouldKeepToWhatTheContractAllows() {
        assertThat(idsOf("jira", "a b", false)).containsExactly("a_b");
        assertThat(idsOf("second site", "a/b", false)).containsExactly("second_site:a_b");
        assertThat(idsOf("second-site", "k".repeat(99), false)).containsExactly(":" + "k".repeat(99));
    }

    private static List<String> open() {
        return fixture.snapshot().claims().stream().map(Claim::id).toList();
    }

    private void tell(Kind kind, String source, int second) {
        idsOf(source, KEY, kind == Kind.RESOLVE).forEach(id -> record(kind, id, source, second));
    }

    private List<String> idsOf(String source, String key, boolean ends) {
        IncidentEvent event =
                new IncidentEvent(source, key, IncidentEvent.Kind.UPDATED, START, "", "", "", List.of(), "event-1");
        return await(ids.of(event, ends));
    }

    private static void record(Kind kind, String id, String source, int second) {
        await(fixture.claims.record(new ClaimEvent(
                kind,
                id,
                GROUP,
                source,
                "MAJOR",
                3,
                List.of("q1"),
                "",
                START.plusSeconds(second),
                Duration.ofHours(1),
                "source:" + source)));
    }

    /** The only source that the bridge reads here. */
    private static final class Jira implements IncidentSource {

        @Override
        public String name() {
            return "jira";
        }

        @Override
        public Uni<Status> status(String key) {
            return Uni.createFrom().item(Status.UNKNOWN);
        }
    }
}
