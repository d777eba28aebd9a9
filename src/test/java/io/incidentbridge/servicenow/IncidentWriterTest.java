package io.incidentbridge.servicenow;

import static io.incidentbridge.servicenow.IncidentConfig.CreateOnce.CHOSEN_SYS_ID;
import static io.incidentbridge.servicenow.IncidentConfig.CreateOnce.QUERY_FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.FinishedCall;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.redis.Lease;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentConfig.CreateOnce;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a write or of its answer: one incident, one note. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IncidentWriterTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofSeconds(75);
    private static final String CREATES = "POST incident";
    private static final String LOOKS = "GET incident";
    private static final String NOT_DONE = "{\"failureRate\":1.0,\"failureStatus\":503}";
    private static final String SILENT = "{\"failureRate\":1.0,\"failureStatus\":504}";

    @Inject
    ServiceNowTables tables;

    @Inject
    RecordLinks links;

    @Inject
    ServiceNowConfig serviceNow;

    @Inject
    IncidentFields fields;

    @Inject
    Lease lease;

    @Inject
    KeyedHash hash;

    @Inject
    BridgeMetrics metrics;

    @Inject
    IncidentWriter writer;

    Vendors vendors;

    RedisProcess redis;

    private final String conversation = UUID.randomUUID().toString();

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldCreateUnderTheChosenKeyAndTheCorrelationId() {
        NewIncident incident = incident(Map.of("short_description", "Call from Abel - Topic: EMAIL"));

        WrittenIncident written = done(writer.createOnce(incident, false, room()));

        JsonObject stored = theOnlyIncident();
        assertThat(stored.getString("sys_id")).isEqualTo(incident.sysId());
        assertThat(stored.getString("short_description")).isEqualTo("Call from Abel - Topic: EMAIL");
        assertThat(written.sysId()).isEqualTo(incident.sysId());
        assertThat(written.number()).isEqualTo(stored.getString("number"));
        assertThat(written.url()).contains(incident.sysId());
        assertThat(written.active()).isTrue();
        assertThat(written.state()).isEqualTo("New");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCreateOnceHoweverOftenItIsAsked(CreateOnce how) {
        WrittenIncident first = done(writer(how).createOnce(incident(Map.of()), false, room()));

        WrittenIncident second = done(writer(how).createOnce(incident(Map.of()), false, room()));

        assertThat(second).isEqualTo(first);
        theOnlyIncident();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCreateOnceForManyAtTheSameTime(CreateOnce how) {
        IncidentWriter some = writer(how);

        List<String> outcomes = atOnce(8, () -> some.createOnce(incident(Map.of()), false, room()));

        // Who meets a holder of the lease comes again later.
        assertThat(outcomes).contains("done");
        assertThat(outcomes).containsAnyOf("done", "UNKNOWN_OUTCOME").doesNotContain("REJECTED", "FORBIDDEN");
        theOnlyIncident();
    }

    @ParameterizedTest
    @CsvSource({
        "CHOSEN_SYS_ID, lostReplyRate",
        "CHOSEN_SYS_ID, truncateRate",
        "CHOSEN_SYS_ID, htmlRate",
        "QUERY_FIRST, lostReplyRate",
        "QUERY_FIRST, truncateRate",
        "QUERY_FIRST, htmlRate"
    })
    void shouldFindWhatWasDoneWithoutAnAnswer(CreateOnce how, String fault) {
        IncidentWriter ill = writer(how, "{\"" + fault + "\":1.0}");

        WrittenIncident written = done(ill.createOnce(incident(Map.of()), false, room()));

        assertThat(written.number()).isEqualTo(theOnlyIncident().getString("number"));
        assertThat(vendors.arrived("servicenow", CREATES)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCreateAtTheNextAttemptWhatServiceNowSaidItDidNot(CreateOnce how) {
        ConnectorException failure = failureOf(writer(how, NOT_DONE).createOnce(incident(Map.of()), false, room()));
        assertThat(failure.reason()).isEqualTo(FailureReason.VENDOR_FAULT);

        done(writer(how).createOnce(incident(Map.of()), false, room()));

        theOnlyIncident();
    }

    @Test
    void shouldTryAgainAtOnceAfterSilenceAsTheKeyIsTakenOnceOnly() {
        ConnectorException failure =
                failureOf(writer(CHOSEN_SYS_ID, SILENT).createOnce(incident(Map.of()), false, room()));
        assertThat(failure.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);

        done(writer.createOnce(incident(Map.of()), false, room()));

        theOnlyIncident();
    }

    @Test
    void shouldSendNothingUntilServiceNowCannotBeAtItAnyMore() {
        ConnectorException silence =
                failureOf(writer(QUERY_FIRST, SILENT).createOnce(incident(Map.of()), false, room()));
        vendors.forgetTraffic();

        ConnectorException tooEarly = failureOf(writer(QUERY_FIRST).createOnce(incident(Map.of()), false, room()));

        assertThat(silence.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
        assertThat(silence.retryAfter()).contains(SETTLED);
        assertThat(tooEarly.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
        assertThat(tooEarly.retryAfter()).isPresent();
        assertThat(vendors.arrived("servicenow", CREATES)).isZero();
        assertThat(leaseRest("create", conversation)).isGreaterThan(SETTLED.toMillis() - LONGEST.toMillis());

        runOut("create", conversation);
        done(writer(QUERY_FIRST).createOnce(incident(Map.of()), false, room()));
        theOnlyIncident();
    }

    @Test
    void shouldGiveUpOnAHangingServiceNowAndFindOutLater() {
        ConnectorException failure =
                failureOf(writer(CHOSEN_SYS_ID, "{\"hangRate\":1.0}").createOnce(incident(Map.of()), false, room()));

        assertThat(failure.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
        done(writer.createOnce(incident(Map.of()), false, room()));
        theOnlyIncident();
    }

    /** ServiceNow goes on with what nobody waits for any more, and is done after the repeat. */
    @ParameterizedTest
    @EnumSource
    void shouldCreateOnceThoughTheFirstRequestIsOvertaken(CreateOnce how) {
        IncidentWriter slow = writer(how, "{\"latencyMs\":9500}");
        FailureReason given =
                failureOf(slow.createOnce(incident(Map.of()), false, room())).reason();
        assertThat(given).isEqualTo(FailureReason.UNKNOWN_OUTCOME);

        List<String> repeated = atOnce(1, () -> writer(how).createOnce(incident(Map.of()), false, room()));
        await().atMost(LONGEST).until(this::allIsProcessed);
        runOut("create", conversation);
        WrittenIncident found = done(writer(how).createOnce(incident(Map.of()), false, room()));

        assertThat(repeated).containsExactly(how == CHOSEN_SYS_ID ? "done" : "UNKNOWN_OUTCOME");
        assertThat(found.sysId()).isEqualTo(theOnlyIncident().getString("sys_id"));
    }

    @Test
    void shouldLogInAgainBetweenTwoWrites() {
        done(writer.bySysId("0".repeat(32), room()));

        done(writer(CHOSEN_SYS_ID, "{\"revokeTokens\":true}").createOnce(incident(Map.of()), false, room()));

        theOnlyIncident();
    }

    @Test
    void shouldNotLookForWhatAFull429HasNotDone() {
        IncidentWriter refused = writer(CHOSEN_SYS_ID, "{\"failureRate\":1.0,\"failureStatus\":429}");

        ConnectorException failure = failureOf(refused.createOnce(incident(Map.of()), false, room()));

        assertThat(failure.reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(vendors.arrived("servicenow", LOOKS)).isZero();
    }

    @Test
    void shouldHandOnWhyServiceNowRefuses() {
        ConnectorException byRule =
                failureOf(writer.createOnce(incident(Map.of("category", "refused")), false, room()));
        rule("{\"mandatory\":\"caller_id\"}");
        ConnectorException byPolicy = failureOf(writer.createOnce(incident(Map.of()), false, room()));

        assertThat(byRule.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(byRule.vendorMessage())
                .startsWith("Operation against file 'incident' was aborted by Business Rule 'Refuse category");
        assertThat(byRule.getMessage()).doesNotContain("Refuse category");
        assertThat(byPolicy.vendorMessage())
                .isEqualTo("Data Policy Exception: The following fields are mandatory: caller_id");
        assertThat(incidents()).isEmpty();
    }

    @Test
    void shouldHandOnThatTheRequestWasWrong() {
        IncidentWriter refused = writer(CHOSEN_SYS_ID, "{\"failureRate\":1.0,\"failureStatus\":400}");

        ConnectorException failure = failureOf(refused.createOnce(incident(Map.of()), false, room()));

        assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
        assertThat(failure.vendorMessage()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a^NQactive=true^ORb",
                "<script>alert(1)</script>",
                "${jndi:ldap://x} {customerName} $1",
                "javascript:gs.getUserID()",
                "\uD83D\uDE00 Gr\u00fc\u00dfe\nsecond line",
                "' OR 1=1 -- \"quoted\" \\"
            })
    void shouldCarryHostileTextAsText(String text) {
        FinishedCall call = new FinishedCall(
                conversation, text, text, "", "", text, text, text, "", text, text, text, "", text, null, null);

        WrittenIncident written = done(writer.createOnce(incident(fields.create(call)), false, room()));
        done(writer.update(update(written, Map.of(), fields.note(call)), room()));

        JsonObject stored = theOnlyIncident();
        assertThat(stored.getString("description")).endsWith("\nSummary: " + text);
        assertThat(stored.getString("short_description")).contains(text.replace("\n", " "));
        assertThat(stored.getString("caller_id")).isEmpty();
        assertThat(notesOf(written).get(0)).contains("Summary: " + text);
        JsonObject instance = new JsonObject(vendors.send("GET", "/sandbox/servicenow/sandbox-state", null));
        assertThat(instance.getInteger("javascriptEvaluations")).isZero();
        assertThat(instance.getInteger("ignoredTerms")).isZero();
    }

    @Test
    void shouldCarryAMegabyteAsTheEndOfADescription() {
        FinishedCall call = new FinishedCall(
                conversation, "", "", "", "", "", "", "", "", "", "x".repeat(1_048_576), "", "", "", null, null);

        done(writer.createOnce(incident(fields.create(call)), false, room()));

        assertThat(theOnlyIncident().getString("description"))
                .startsWith("Conversation: " + conversation)
                .hasSize(4000);
    }

    /** Every fault at once, on writes and looks alike. */
    @Test
    void shouldLeaveOneIncidentPerCallWhateverGoesWrong() {
        int calls = 60;
        vendors.fail(
                "servicenow",
                "{\"lostReplyRate\":0.1,\"failureRate\":0.2,\"htmlRate\":0.1,\"truncateRate\":0.1,\"latencyMs\":5}");

        List<WrittenIncident> written = Multi.createFrom()
                .range(0, calls)
                .onItem()
                .transformToUni(this::createAtLast)
                .merge(8)
                .collect()
                .asList()
                .await()
                .atMost(LONGEST.multipliedBy(2));
        vendors.heal();

        JsonArray stored = vendors.records("incident", "correlation_idSTARTSWITH" + conversation);
        assertThat(stored).hasSize(calls);
        assertThat(written).extracting(WrittenIncident::number).doesNotHaveDuplicates();
        assertThat(written)
                .extracting(WrittenIncident::sysId)
                .containsExactlyInAnyOrderElementsOf(stored.stream()
                        .map(row -> ((JsonObject) row).getString("sys_id"))
                        .toList());
    }

    /** As the outbox does it: again until it is done. */
    private Uni<WrittenIncident> createAtLast(int call) {
        String correlation = conversation + "-" + call;
        return Uni.createFrom()
                .deferred(() -> writer.createOnce(
                        new NewIncident(hash.hash("test-incident", correlation), correlation, Map.of()), false, room()))
                .onFailure(ConnectorException.class)
                .retry()
                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(200))
                .atMost(50);
    }

    @Test
    void shouldLookFirstOnceServiceNowIgnoredAChosenKey() {
        rule("{\"chosenSysIds\":\"ignore\"}");
        IncidentWriter mistaken = writer(CHOSEN_SYS_ID);

        WrittenIncident first = done(mistaken.createOnce(incident(Map.of()), false, room()));
        WrittenIncident second = done(mistaken.createOnce(incident(Map.of()), false, room()));

        assertThat(first.sysId()).isEqualTo(theOnlyIncident().getString("sys_id"));
        assertThat(second).isEqualTo(first);
    }

    /** The replica that sent it first has died, and this one has not written anything yet. */
    @Test
    void shouldLookFirstAtASecondTryAlsoWhereServiceNowIgnoresChosenKeys() {
        rule("{\"chosenSysIds\":\"ignore\"}");
        WrittenIncident first = done(writer(CHOSEN_SYS_ID).createOnce(incident(Map.of()), false, room()));

        WrittenIncident second = done(writer(CHOSEN_SYS_ID).createOnce(incident(Map.of()), true, room()));

        assertThat(first.sysId()).isEqualTo(theOnlyIncident().getString("sys_id"));
        assertThat(second).isEqualTo(first);
    }

    /** Work that has waited for room comes again and again: a look each time would cost half of the budget. */
    @Test
    void shouldNotLookOnceServiceNowHasTakenAChosenKey() {
        IncidentWriter one = writer(CHOSEN_SYS_ID);
        done(one.createOnce(incident(Map.of()), false, room()));
        String another = "another-" + conversation;

        done(one.createOnce(new NewIncident(hash.hash("test-incident", another), another, Map.of()), true, room()));

        assertThat(vendors.arrived("servicenow", LOOKS)).isZero();
    }

    @Test
    void shouldDoWithoutChosenKeysWhereTheyAreRefused() {
        rule("{\"chosenSysIds\":\"refuse\"}");

        done(writer(QUERY_FIRST).createOnce(incident(Map.of()), false, room()));

        theOnlyIncident();
    }

    @Test
    void shouldChangeFieldsAndAppendTheNote() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        WrittenIncident updated = done(writer.update(update(incident, Map.of("urgency", "1"), "called again"), room()));

        assertThat(updated.number()).isEqualTo(incident.number());
        assertThat(theOnlyIncident().getString("urgency")).isEqualTo("1");
        assertThat(notesOf(incident)).containsExactly("called again\n(ref note-0001)");
    }

    @Test
    void shouldChangeFieldsWithoutANote() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        done(writer.update(new IncidentUpdate(incident.sysId(), Map.of("urgency", "1"), "", ""), room()));

        assertThat(theOnlyIncident().getString("urgency")).isEqualTo("1");
        assertThat(notesOf(incident)).isEmpty();
        assertThat(vendors.arrived("servicenow", "GET sys_journal_field")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"lostReplyRate\":1.0}", "{\"truncateRate\":1.0}", "{\"htmlRate\":1.0}"})
    void shouldWriteANoteOnce(String faults) {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));
        IncidentUpdate update = update(incident, Map.of("urgency", "1"), "noted");

        WrittenIncident first = done(writer(CHOSEN_SYS_ID, faults).update(update, room()));
        WrittenIncident second = done(writer.update(update, room()));

        assertThat(first).isEqualTo(second).isEqualTo(incident);
        assertThat(notesOf(incident)).hasSize(1);
        assertThat(vendors.arrived("servicenow", "PATCH incident")).isEqualTo(1);
    }

    @Test
    void shouldWriteANoteOnceForManyAtTheSameTime() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        List<String> outcomes = atOnce(8, () -> writer.update(update(incident, Map.of(), "noted"), room()));

        assertThat(outcomes).contains("done");
        assertThat(notesOf(incident)).hasSize(1);
    }

    @Test
    void shouldSendNoNoteUntilAnEarlierOneCannotComeAnyMore() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));
        IncidentUpdate update = update(incident, Map.of(), "noted");

        ConnectorException silence = failureOf(writer(CHOSEN_SYS_ID, SILENT).update(update, room()));
        ConnectorException tooEarly = failureOf(writer.update(update, room()));
        runOut("note", incident.sysId() + "note-0001");
        done(writer.update(update, room()));

        assertThat(silence.retryAfter()).contains(SETTLED);
        assertThat(tooEarly.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
        assertThat(notesOf(incident)).hasSize(1);
    }

    @Test
    void shouldTellNotesOfTheirOwnFromThoseOfOthers() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        done(writer.update(new IncidentUpdate(incident.sysId(), Map.of(), "one", "note-10000"), room()));
        done(writer.update(new IncidentUpdate(incident.sysId(), Map.of(), "two", "note-1000"), room()));

        assertThat(notesOf(incident)).hasSize(2);
    }

    @Test
    void shouldGoOnWhereNotesCannotBeRead() {
        rule("{\"journalReadable\":false}");
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        done(writer(CHOSEN_SYS_ID).update(update(incident, Map.of(), "noted"), room()));

        assertThat(notesOf(incident)).hasSize(1);
    }

    @Test
    void shouldSayThatThereIsNoSuchIncident() {
        IncidentUpdate bare = new IncidentUpdate("f".repeat(32), Map.of("urgency", "1"), "", "");
        IncidentUpdate noted = new IncidentUpdate("f".repeat(32), Map.of(), "noted", "note-0001");

        assertThat(failureOf(writer.update(bare, room())).reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(failureOf(writer.update(noted, room())).reason()).isEqualTo(FailureReason.NOT_FOUND);
    }

    @Test
    void shouldFindIncidentsByTheirNumberAndCorrelationId() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));

        assertThat(done(writer.byNumber(incident.number().toLowerCase(), room())))
                .contains(incident);
        assertThat(done(writer.byCorrelationId(conversation, room()))).contains(incident);
        assertThat(done(writer.byNumber("INC9999999", room()))).isEmpty();
    }

    @Test
    void shouldFindManyAtOnceByQueriesThatAreNotTooLong() {
        WrittenIncident incident = done(writer.createOnce(incident(Map.of()), false, room()));
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> i == 31 ? conversation : UUID.randomUUID().toString())
                .toList();
        vendors.forgetTraffic();

        Map<String, List<WrittenIncident>> found = done(writer.byCorrelationIds(ids, room()));

        assertThat(found).containsOnly(Map.entry(conversation, List.of(incident)));
        assertThat(vendors.arrived("servicenow", LOOKS)).isEqualTo(2);
        assertThat(done(writer.bySysIds(List.of(incident.sysId()), room()))).containsOnlyKeys(incident.sysId());
        assertThat(done(writer.bySysIds(List.of(), room()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INC1^ORactive=true", "javascript:gs.getUserID()", "a,b", "x\ny", ""})
    void shouldLetNoInjectionReachAQuery(String value) {
        assertThat(done(writer.byNumber(value, room()))).isEmpty();
        assertThat(done(writer.byCorrelationId(value, room()))).isEmpty();

        assertThat(vendors.arrived("servicenow", LOOKS)).isZero();
    }

    private boolean allIsProcessed() {
        JsonObject traffic = new JsonObject(vendors.send("GET", "/sandbox/traffic", null)).getJsonObject("servicenow");
        long answers = traffic.getJsonObject("byStatus").stream()
                .mapToLong(status -> ((Number) status.getValue()).longValue())
                .sum();
        return answers == traffic.getInteger("total");
    }

    private NewIncident incident(Map<String, String> fields) {
        return new NewIncident(hash.hash("test-incident", conversation), conversation, fields);
    }

    private static IncidentUpdate update(WrittenIncident incident, Map<String, String> fields, String note) {
        return new IncidentUpdate(incident.sysId(), fields, note, "note-0001");
    }

    private IncidentWriter writer(CreateOnce how) {
        return writer(how, "{}");
    }

    private IncidentWriter writer(CreateOnce how, String faultsOnWrites) {
        ServiceNowTables ill = new FaultsOnWrites(tables, vendors, faultsOnWrites);
        IncidentConfig config = IncidentConfigs.of(Map.of("create-once", how.name()));
        return new IncidentWriter(ill, new WorkNotes(ill), config, links, serviceNow, lease, hash, metrics);
    }

    private void rule(String rules) {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", rules);
    }

    private long leaseRest(String kind, String value) {
        return Long.parseLong(redis.call("PTTL", leaseKey(kind, value)).replaceAll("[^0-9-]", ""));
    }

    private void runOut(String kind, String value) {
        redis.call("DEL", leaseKey(kind, value));
    }

    private String leaseKey(String kind, String value) {
        return "ib:{" + kind + ":" + hash.hash(kind, value) + "}";
    }

    private JsonArray incidents() {
        return vendors.records("incident", "correlation_id=" + conversation);
    }

    private JsonObject theOnlyIncident() {
        assertThat(incidents()).hasSize(1);
        return incidents().getJsonObject(0);
    }

    private List<String> notesOf(WrittenIncident incident) {
        List<String> texts = new ArrayList<>();
        vendors.records("sys_journal_field", "element=work_notes^element_id=" + incident.sysId())
                .forEach(note -> texts.add(((JsonObject) note).getString("value")));
        return texts;
    }

    private static List<String> atOnce(int times, Supplier<Uni<WrittenIncident>> call) {
        return Uni.join()
                .all(IntStream.range(0, times)
                        .mapToObj(i -> call.get()
                                .map(done -> "done")
                                .onFailure(ConnectorException.class)
                                .recoverWithItem(failure ->
                                        ((ConnectorException) failure).reason().name()))
                        .toList())
                .andFailFast()
                .await()
                .atMost(LONGEST);
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.TICKET, LONGEST);
    }

    private static <T> T done(Uni<T> call) {
        return call.await().atMost(LONGEST);
    }

    private static ConnectorException failureOf(Uni<?> call) {
        return call.map(done -> (ConnectorException) null)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> (ConnectorException) failure)
                .await()
                .atMost(LONGEST);
    }
}
