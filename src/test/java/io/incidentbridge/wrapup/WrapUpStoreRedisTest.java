package io.incidentbridge.wrapup;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.outbox.AtOnce;
import io.incidentbridge.outbox.OutboxFixture;
import io.incidentbridge.servicenow.WrittenIncident;
import io.incidentbridge.tally.TallyFixture;
import io.incidentbridge.wrapup.Standing.Decision;
import io.incidentbridge.wrapup.WrapUpReceipt.Status;
import io.incidentbridge.wrapup.WrapUpStore.Event;
import io.incidentbridge.wrapup.WrapUpStore.Taken;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The decision record on a real Redis, step by step. */
class WrapUpStoreRedisTest {

    private static final Verdict TICKET = new Verdict(Decision.TICKET, "", "", Map.of());
    private static final Verdict NOTE =
            new Verdict(Decision.NOTE, "INC0000001", "We know.", Map.of("outageId", "o", "topic", "email"));
    private static final WrittenIncident INCIDENT =
            new WrittenIncident("0123456789abcdef0123456789abcdef", "INC0010001", "https://x", true, "New");

    private static OutboxFixture fixture;
    private static WrapUpStore store;

    private final String conversation = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        fixture = new OutboxFixture(Map.of());
        WrapUpConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WrapUpConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("bridge.wrapup.amendments", "3"), "test", 100))
                .build()
                .getConfigMapping(WrapUpConfig.class);
        store = new WrapUpStore(
                fixture.outbox(), fixture.redis().commands(), new ObjectMapper(), config, TallyFixture.config());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void shouldTakeARepeatForOneAlsoAfterAnAmendment() {
        assertThat(take("recordingUrl", "https://1").event()).isEqualTo(Event.NEW);
        assertThat(take("recordingUrl", "https://1").event()).isEqualTo(Event.REPEAT);
        assertThat(take("recordingUrl", "https://2").event()).isEqualTo(Event.AMENDED);

        Taken late = take("recordingUrl", "https://1");

        assertThat(late.event()).isEqualTo(Event.REPEAT);
        assertThat(late.standing().revision()).isEqualTo(2);
    }

    @Test
    void shouldTakeWhatIsKnownAlreadyForARepeat() {
        take("recordingUrl", "https://1");

        assertThat(await(take(wrapUp(Map.of()), TICKET)).event()).isEqualTo(Event.REPEAT);
    }

    @Test
    void shouldOnlyAddWhatIsUnknownWhenItWasSpooledBeforeWhatIsKnown() {
        Instant before = Instant.now().minusSeconds(600);
        take("recordingUrl", "https://2");
        Map<String, String> old = Map.of("recordingUrl", "https://1", "transcriptSummary", "spooled");

        assertThat(handOver(before, old).event()).isEqualTo(Event.AMENDED);

        assertThat(known()).containsEntry("recordingUrl", "https://2").containsEntry("transcriptSummary", "spooled");
        assertThat(handOver(before, old).event()).isEqualTo(Event.REPEAT);
        assertThat(handOver(before, Map.of("recordingUrl", "https://0")).event())
                .isEqualTo(Event.REPEAT);
        assertThat(known()).containsEntry("recordingUrl", "https://2");
    }

    @Test
    void shouldAmendWhatIsKnownWhenItWasSpooledAfterwards() {
        Instant begin = Instant.now().minusSeconds(600);
        handOver(begin, Map.of("recordingUrl", "https://1"));

        Taken later = handOver(begin.plusSeconds(1), Map.of("recordingUrl", "https://2"));

        assertThat(later.event()).isEqualTo(Event.AMENDED);
        assertThat(known()).containsEntry("recordingUrl", "https://2");
        assertThat(handOver(begin, Map.of("recordingUrl", "https://0")).event()).isEqualTo(Event.REPEAT);
        assertThat(take("recordingUrl", "https://3").event()).isEqualTo(Event.AMENDED);
        assertThat(known()).containsEntry("recordingUrl", "https://3");
    }

    @Test
    void shouldRefuseMoreAmendmentsThanItMayTake() {
        take("recordingUrl", "https://1");
        take("recordingUrl", "https://2");
        take("recordingUrl", "https://3");

        assertThat(take("recordingUrl", "https://4").event()).isEqualTo(Event.FULL);
        assertThat(take("recordingUrl", "https://3").event()).isEqualTo(Event.REPEAT);
    }

    @Test
    void shouldGiveTheWorkEverythingThatWasSaid() {
        take("transcriptSummary", "first ä😀 \"quoted\" \\ /");
        String id = take("recordingUrl", "https://2").standing().workId();

        JsonObject work = new JsonObject(
                fixture.redis().call(Command.HGET, fixture.outbox().keyOf(id), "body"));

        assertThat(work.getInteger("revision")).isEqualTo(2);
        assertThat(work.getJsonObject("fields").getMap())
                .containsEntry("transcriptSummary", "first ä😀 \"quoted\" \\ /")
                .containsEntry("recordingUrl", "https://2")
                .containsEntry("conversationId", conversation);
    }

    @Test
    void shouldKeepToTheFirstDecision() {
        assertThat(await(take(wrapUp(Map.of()), NOTE)).standing().status()).isEqualTo(Status.NOTED);

        Standing standing = await(take(wrapUp(Map.of("category", "x")), TICKET)).standing();

        assertThat(standing.decision()).isEqualTo(Decision.NOTE);
        assertThat(standing.receipt(List.of()).masterNumber()).isEqualTo("INC0000001");
        assertThat(standing.receipt(List.of()).announcement()).isEqualTo("We know.");
    }

    @Test
    void shouldNotGoBackToAnEarlierRevision() {
        take("recordingUrl", "https://1");
        take("recordingUrl", "https://2");
        await(store.written(wrapUp(Map.of()), 2, "UPDATED", INCIDENT, true));

        await(store.written(wrapUp(Map.of()), 1, "CREATED", INCIDENT, true));

        assertThat(await(store.find(conversation)).orElseThrow().status()).isEqualTo(Status.UPDATED);
        assertThat(await(store.ticket(conversation)).written()).isEqualTo(2);
    }

    @Test
    void shouldKnowNothingOfOthers() {
        assertThat(await(store.find(conversation))).isEmpty();
        assertThat(await(store.ticket(conversation)).exists()).isFalse();
    }

    @Test
    void shouldCountAConversationOnceHoweverOftenItIsTold() {
        WrapUpCounts counts =
                new WrapUpCounts(TallyFixture.store(fixture.redis().commands()), fixture.outbox());
        WrapUpCounts.Counts before = between(counts);
        for (String url : new String[] {"https://1", "https://1", "https://2"}) {
            await(store.take(
                    wrapUp(Map.of("recordingUrl", url)),
                    TICKET,
                    place(),
                    Optional.of(Duration.ofSeconds(40)),
                    Optional.empty()));
        }

        WrapUpCounts.Counts after = between(counts);

        assertThat(after.tickets() - before.tickets()).isEqualTo(1);
        assertThat(after.noted() - before.noted()).isZero();
        assertThat(after.measured() - before.measured()).isEqualTo(1);
        assertThat(after.afterCall().minus(before.afterCall())).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void shouldKnowWhichConversationLeftATicket() {
        WrapUpTickets tickets =
                new WrapUpTickets(fixture.outbox(), fixture.redis().commands());
        String sysId = UUID.randomUUID().toString().replace("-", "");
        take("recordingUrl", "https://1");

        await(store.written(
                wrapUp(Map.of()), 1, "CREATED", new WrittenIncident(sysId, "INC1", "https://x", true, "New"), true));

        assertThat(await(tickets.conversations(List.of("0".repeat(32), sysId))))
                .containsExactly(Map.entry(sysId, conversation));
    }

    private static WrapUpCounts.Counts between(WrapUpCounts counts) {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return await(counts.between(hour.minus(1, ChronoUnit.HOURS), hour.plus(2, ChronoUnit.HOURS)));
    }

    private Taken take(String field, String value) {
        return await(take(wrapUp(Map.of(field, value)), TICKET));
    }

    private static Uni<Taken> take(WrapUp wrapUp, Verdict verdict) {
        return store.take(wrapUp, verdict, place(), Optional.empty(), Optional.empty());
    }

    private Taken handOver(Instant said, Map<String, String> fields) {
        return await(store.take(wrapUp(fields), TICKET, place(), Optional.empty(), Optional.of(said)));
    }

    private Map<String, Object> known() {
        String fields = fixture.redis().call(Command.HGET, store.record(conversation), "fields");
        return new JsonObject(fields).getMap();
    }

    private WrapUp wrapUp(Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("conversationId", conversation);
        fields.put("wrapUpCode", "email");
        return new WrapUp(fields);
    }

    /** No room: the work waits, and nobody does it here. */
    private static AtOnce place() {
        return OutboxFixture.noRoom();
    }
}
