package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.WritesFixture;
import io.incidentbridge.webhook.Inbox.Acceptance;
import io.incidentbridge.webhook.Inbox.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accepted deliveries on a real Redis: stored once, applied once, never lost. */
class InboxRedisTest {

    private static final WebhookSource SOURCE = WebhookSource.PAGERDUTY;
    private static final Duration LONG = Duration.ofSeconds(30);

    private static RedisProcess server;
    private static RedisFixture redis;

    private final Inbox inbox = inbox(Map.of("bridge.webhook.claim", "60s"));

    @BeforeAll
    static void start() {
        server = RedisProcess.start();
        redis = RedisFixture.standalone(server, Map.of("bridge.redis.deadline", "5s"))
                .connected();
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.call(Command.FLUSHALL);
    }

    @Test
    void shouldStoreADeliveryOnceByAnyOfItsIdentities() {
        assertThat(accept("a", "x")).isEqualTo(Acceptance.STORED);
        assertThat(accept("a", "x")).isEqualTo(Acceptance.DUPLICATE);
        assertThat(accept("b", "x")).isEqualTo(Acceptance.DUPLICATE);
        assertThat(accept("b", "y")).isEqualTo(Acceptance.STORED);
        assertThat(claim(inbox)).extracting(Entry::eventId).containsExactly("a", "b");
    }

    /** Else whoever plays an old body again could have a sender's next delivery taken for a repeated one. */
    @Test
    void shouldNotRememberWhatARepeatedDeliveryBrings() {
        accept("a");
        accept("a", "next");

        assertThat(accept("next")).isEqualTo(Acceptance.STORED);
    }

    /** What is confirmed to be replicated, or on a disk, is a connection's last write. */
    @Test
    void shouldWriteWithARepeatToo() {
        accept("a");
        int before = writes();

        accept("a");

        assertThat(writes()).isGreaterThan(before);
        assertThat(timeToLive()).isGreaterThan(Duration.ofHours(95));
    }

    @Test
    void shouldRecogniseRepeatsForLongerThanOldEventsAreTaken() {
        accept("a");

        assertThat(timeToLive()).isGreaterThan(Duration.ofHours(95));
    }

    @Test
    void shouldTakeNoMoreThanItMayHold() {
        Inbox small = inbox(Map.of("bridge.webhook.backlog", "1"));
        small.accept(SOURCE, "acme", List.of("a"), "{}").await().atMost(LONG);

        assertThat(small.accept(SOURCE, "acme", List.of("b"), "{}").await().atMost(LONG))
                .isEqualTo(Acceptance.FULL);
        Entry taken = claim(small).get(0);
        small.done(taken).await().atMost(LONG);
        assertThat(small.accept(SOURCE, "acme", List.of("b"), "{}").await().atMost(LONG))
                .isEqualTo(Acceptance.STORED);
    }

    @Test
    void shouldGiveEachEntryToOneReplicaOnly() {
        accept("a");
        accept("b");

        List<Entry> here = claim(inbox);
        List<Entry> elsewhere = claim(inbox(Map.of()));

        assertThat(here)
                .hasSize(2)
                .allMatch(entry -> entry.attempt() == 1 && entry.body().equals("{}"));
        assertThat(elsewhere).isEmpty();
        here.forEach(entry -> inbox.done(entry).await().atMost(LONG));
        assertThat(inbox.depth(SOURCE).await().atMost(LONG).backlog()).isZero();
    }

    @Test
    void shouldGiveADeadReplicasEntriesToAnother() {
        accept("a");
        claim(inbox);

        Inbox survivor = inbox(Map.of("bridge.webhook.claim", "200ms"));

        assertThat(await().atMost(LONG).until(() -> claim(survivor), entries -> !entries.isEmpty()))
                .singleElement()
                .extracting(Entry::eventId, Entry::attempt)
                .containsExactly("a", 2);
    }

    @Test
    void shouldGiveAFailedEntryAgainAfterAPause() {
        accept("a");
        Entry entry = claim(inbox).get(0);
        Inbox patient = inbox(Map.of("bridge.webhook.first-pause", "1h", "bridge.webhook.longest-pause", "1h"));

        inbox.later(entry).await().atMost(LONG);

        assertThat(claim(patient)).isEmpty();
        assertThat(await().atMost(LONG).until(() -> claim(inbox), entries -> !entries.isEmpty()))
                .singleElement()
                .extracting(Entry::id, Entry::attempt)
                .containsExactly(entry.id(), 2);
    }

    @Test
    void shouldParkAndReplay() {
        accept("a");
        Entry entry = claim(inbox).get(0);

        inbox.park(entry, "genesys: FORBIDDEN").await().atMost(LONG);

        List<Inbox.Parked> parked = inbox.parked(SOURCE, "-", 10).await().atMost(LONG);
        assertThat(parked).singleElement().satisfies(one -> {
            assertThat(one.reason()).isEqualTo("genesys: FORBIDDEN");
            assertThat(one.body()).isEqualTo("{}");
            assertThat(one.acceptedMillis()).isEqualTo(entry.acceptedMillis());
        });
        assertThat(claim(inbox)).isEmpty();
        assertThat(done(inbox.replay(SOURCE, parked.get(0).id()))).isTrue();
        assertThat(done(inbox.replay(SOURCE, parked.get(0).id()))).isFalse();
        assertThat(claim(inbox))
                .singleElement()
                .extracting(Entry::eventId, Entry::attempt)
                .containsExactly("a", 1);
    }

    @Test
    void shouldDiscardWhatIsParked() {
        accept("a");
        inbox.park(claim(inbox).get(0), "x").await().atMost(LONG);
        String id = inbox.parked(SOURCE, "-", 10).await().atMost(LONG).get(0).id();

        assertThat(done(inbox.discard(SOURCE, id))).isTrue();
        assertThat(done(inbox.discard(SOURCE, id))).isFalse();
        assertThat(inbox.depth(SOURCE).await().atMost(LONG).parked()).isZero();
    }

    /** Since the server has started. */
    private static int writes() {
        return redis.call(Command.INFO, "persistence")
                .lines()
                .filter(line -> line.startsWith("rdb_changes_since_last_save:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Of the one identity that is remembered. */
    private static Duration timeToLive() {
        String key = redis.call(Command.KEYS, "ib:{inbox:pagerduty}:seen:*").replaceAll("[\\[\\]]", "");
        return Duration.ofMillis(Long.parseLong(redis.call(Command.PTTL, key)));
    }

    private Acceptance accept(String... identities) {
        return inbox.accept(SOURCE, "acme", List.of(identities), "{}").await().atMost(LONG);
    }

    private static List<Entry> claim(Inbox inbox) {
        return inbox.claim(SOURCE, 10).await().atMost(LONG).entries();
    }

    private static boolean done(Uni<Boolean> step) {
        return step.await().atMost(LONG);
    }

    private static Inbox inbox(Map<String, String> properties) {
        return new Inbox(redis.commands(), WritesFixture.of(redis), WebhookFixture.config(properties));
    }
}
