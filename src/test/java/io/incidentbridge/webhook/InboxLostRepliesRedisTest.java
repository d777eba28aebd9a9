package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line;
import io.incidentbridge.redis.WritesFixture;
import io.incidentbridge.webhook.Inbox.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries of which Redis' answer does not come back; claims last far longer than a test. */
class InboxLostRepliesRedisTest {

    private static final WebhookSource SOURCE = WebhookSource.PAGERDUTY;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final WebhookConfig CONFIG = WebhookFixture.config(Map.of("bridge.webhook.claim", "10m"));
    private static final String EVENT =
            """
            {"event":{"id":"e1","event_type":"incident.triggered","occurred_at":"2030-01-31T09:00:00Z",
             "data":{"id":"P1","type":"incident","status":"triggered","title":"Mail"}}}""";

    private TestRedis redis;
    private Line line;
    private Inbox here;
    private Inbox elsewhere;

    @BeforeEach
    void oneStored() {
        redis = new TestRedis();
        line = redis.line(Duration.ofSeconds(5));
        here = inbox(line);
        elsewhere = inbox(redis.commands(Duration.ofSeconds(5)));
        here.accept(SOURCE, "acme", List.of("e1"), EVENT).await().atMost(PATIENCE);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void shouldGiveAnewWhatAReplicaWasGivenWithoutHearingOfIt() {
        line.is(Line.State.LOSING_REPLIES);
        assertThatThrownBy(() -> claim(here)).isInstanceOf(RedisUnavailableException.class);
        assertThatThrownBy(() -> claim(here)).isInstanceOf(RedisUnavailableException.class);
        line.is(Line.State.UP);
        assertThat(claim(elsewhere)).isEmpty();

        assertThat(claim(here)).extracting(Entry::eventId, Entry::attempt).containsExactly(tuple("e1", 1));

        assertThat(claim(here)).isEmpty();
    }

    @Test
    void shouldNotGiveAnewWhatIsAppliedOrPutOff() {
        line.is(Line.State.LOSING_REPLIES);
        assertThatThrownBy(() -> claim(here)).isInstanceOf(RedisUnavailableException.class);
        line.is(Line.State.UP);
        Entry entry = claim(here).get(0);
        here.done(entry).await().atMost(PATIENCE);

        assertThat(claim(here)).isEmpty();
        here.later(entry).await().atMost(PATIENCE);
        assertThat(here.depth(SOURCE).await().atMost(PATIENCE).backlog()).isZero();
    }

    @Test
    void shouldGiveNothingToAClaimThatWasHeldUpBehindALaterOne() {
        assertThat(claimAs("2")).isEqualTo(1);
        here.accept(SOURCE, "acme", List.of("e2"), EVENT).await().atMost(PATIENCE);

        assertThat(claimAs("1")).isZero();

        assertThat(claim(elsewhere)).extracting(Entry::eventId).containsExactly("e2");
    }

    @Test
    void shouldNotPutOffWhatAnotherReplicaHasTakenMeanwhile() {
        Entry first = claim(here).get(0);
        here.later(first).await().atMost(PATIENCE);
        Entry second = await().atMost(PATIENCE)
                .until(() -> claim(elsewhere), entries -> !entries.isEmpty())
                .get(0);

        here.later(first).await().atMost(PATIENCE);

        assertThat(second.attempt()).isEqualTo(2);
        // Else it would be due after a pause, while the other one is at it.
        assertThat(state()).isEqualTo("applying");
    }

    @Test
    void shouldNoteWhatWasAppliedWhenRedisIsBack() {
        IncidentListener cutsTheLine = event -> {
            line.is(Line.State.DOWN);
            return Uni.createFrom().voidItem();
        };
        InboxWorker worker = new InboxWorker(
                here, List.of(cutsTheLine), new ObjectMapper(), CONFIG, Clock.systemUTC(), TestMetrics.webhook());

        worker.wake(SOURCE);
        await().atMost(PATIENCE).until(() -> line.cuts() > 0);
        assertThat(backlog()).isEqualTo(1);
        line.is(Line.State.UP);

        await().atMost(PATIENCE).until(() -> backlog() == 0);
    }

    /** How many entries a replica's claim of this number brings. */
    private int claimAs(String request) {
        return redis.commands(Duration.ofSeconds(5))
                .run(
                        RedisScript.load("inbox_claim"),
                        List.of("ib:{inbox:pagerduty}:stream", "ib:{inbox:pagerduty}:given:one"),
                        List.of("10", "600000", "1000", "1000", request, ""))
                .await()
                .atMost(PATIENCE)
                .get(1)
                .size();
    }

    /** Of the one entry. */
    private String state() {
        return redis.commands(Duration.ofSeconds(5))
                .send(Command.XPENDING, "ib:{inbox:pagerduty}:stream", "bridge", "-", "+", "1")
                .await()
                .atMost(PATIENCE)
                .get(0)
                .get(1)
                .toString();
    }

    private int backlog() {
        return elsewhere.depth(SOURCE).await().atMost(PATIENCE).backlog();
    }

    private static List<Entry> claim(Inbox inbox) {
        return inbox.claim(SOURCE, 10).await().atMost(PATIENCE).entries();
    }

    private static Inbox inbox(RedisCommands redis) {
        return new Inbox(redis, WritesFixture.of(redis), CONFIG);
    }
}
