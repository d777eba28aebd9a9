package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.incidentbridge.itsm.FinishedCall;
import io.incidentbridge.startup.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentFieldsTest {

    private static final String ABEL = "62826bf03710200044e0bfc8bcbe5df1";

    private final IncidentFields fields = new IncidentFields(IncidentConfigs.of(delivered()));

    @Test
    void shouldFillADeliveredTicket() {
        Map<String, String> columns = fields.create(call(Map.of()));

        assertThat(columns)
                .containsOnly(
                        entry("short_description", "Call from Abel Tuter - Topic: EMAIL"),
                        entry(
                                "description",
                                """
                        Conversation: conv-1
                        Recording: https://rec.example/1
                        Wrap-up: E-mail outage
                        Caller: Abel Tuter
                        Employee id: E100001
                        Direction: inbound
                        Queue: Service Desk
                        Agent: Beth Anglin
                        Started: 2026-03-29T00:59:59Z
                        Ended: 2026-03-29T01:10:00Z
                        Summary: No mail since 9.
                        Restarted twice."""),
                        entry("caller_id", ABEL),
                        entry("category", "software"),
                        entry("contact_type", "phone"),
                        entry("correlation_display", "Genesys Cloud conversation"));
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        FinishedCall bare = new FinishedCall(
                "conv-1", "", null, "", null, "EMAIL", "", "EMAIL", "", null, "", "", "", "", null, null);

        Map<String, String> columns = fields.create(bare);

        assertThat(columns)
                .containsOnly(
                        entry("short_description", "Call from unknown caller - Topic: EMAIL"),
                        entry("description", "Conversation: conv-1"),
                        entry("contact_type", "phone"),
                        entry("correlation_display", "Genesys Cloud conversation"));
    }

    @Test
    void shouldWriteOnlyItsOwnColumnsAgain() {
        assertThat(fields.amend(call(Map.of()))).containsOnlyKeys("description", "category");
    }

    @Test
    void shouldHangAChildBelowItsParent() {
        assertThat(fields.child(call(Map.of()), ABEL))
                .containsEntry("parent_incident", ABEL)
                .containsKey("short_description");
    }

    @Test
    void shouldNoteTheCallOnSomebodyElsesIncident() {
        assertThat(fields.note(call(Map.of())))
                .startsWith("Call from Abel Tuter - Topic: EMAIL\nConversation: conv-1\n")
                .endsWith("Summary: No mail since 9.\nRestarted twice.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a^NQactive=true^ORb",
                "<script>alert(1)</script><b>bold</b>",
                "${jndi:ldap://x} ${bridge.security.hash-key} $1 \\1",
                "{customerName} {conversationId|x} {{summary}}",
                "javascript:gs.getUserID()",
                "\uD83D\uDE00 Grüße \uD83D\uDC69\u200D\uD83D\uDCBB",
                "' OR 1=1 -- \"quoted\" \\ \t tab"
            })
    void shouldLeaveHostileTextAsItIs(String text) {
        Map<String, String> columns = fields.create(call(Map.of("summary", text)));

        assertThat(columns.get("description")).endsWith("Summary: " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Eve\nRecording: https://evil.example", "Eve\r\n\r\nx", "Eve\u2028x", "Eve\u0085x", "Eve\u000bx"
            })
    void shouldLetNoNamePassForALineOfTheDescription(String name) {
        Map<String, String> columns = fields.create(call(Map.of("name", name)));

        assertThat(columns.get("description").lines()).hasSize(12);
        assertThat(columns.get("short_description").lines()).hasSize(1);
    }

    @Test
    void shouldRenderNoHtmlInAJournal() {
        FinishedCall call = call(Map.of("summary", "[code]<script>x</script>[/CODE] [Code]"));

        assertThat(fields.note(call)).endsWith("(code)<script>x</script>(/CODE) (Code)");
    }

    @Test
    void shouldTakeOutWhatIsNotToBeSeen() {
        FinishedCall call = call(Map.of("summary", "a\u0000b\u001b[31mc\u202edrow\u202c\u0007"));

        assertThat(fields.create(call).get("description")).endsWith("Summary: ab[31mcdrow");
    }

    @Test
    void shouldKeepLinkAndIdOfACallWithALongSummary() {
        Map<String, String> columns = fields.create(call(Map.of("summary", "ä".repeat(1_000_000))));

        assertThat(columns.get("description"))
                .hasSize(4000)
                .startsWith("Conversation: conv-1\nRecording: https://rec.example/1\n")
                .endsWith("ä [...]");
    }

    @Test
    void shouldNeverCutACharacterInTwo() {
        for (int length = 150; length < 170; length++) {
            String name = "x".repeat(length % 2) + "\uD83D\uDE00".repeat(length);

            String text = fields.create(call(Map.of("name", name))).get("short_description");

            assertThat(text.length()).isLessThanOrEqualTo(160);
            assertThat(text.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "62826bf03710200044e0bfc8bcbe5df1, true",
        "Abel Tuter, false",
        "62826bf03710200044e0bfc8bcbe5df1^ORx, false",
        "javascript:gs.getUserID(), false"
    })
    void shouldReferToACallerByKeyOnly(String sysId, boolean taken) {
        assertThat(fields.create(call(Map.of("sysId", sysId))).containsKey("caller_id"))
                .isEqualTo(taken);
    }

    @Test
    void shouldCallTheTopicByItsLabel() {
        FinishedCall labelled = call(Map.of("topic", "Outlook trouble"));

        assertThat(fields.create(labelled))
                .containsEntry("short_description", "Call from Abel Tuter - Topic: Outlook trouble");
        assertThat(fields.note(labelled)).startsWith("Call from Abel Tuter - Topic: Outlook trouble\n");
    }

    @Test
    void shouldFollowTheConfiguration() {
        IncidentFields own = new IncidentFields(IncidentConfigs.of(Map.of(
                "fields.u_start", "{startColumn}",
                "fields.u_site", "HQ",
                "fields.category", "",
                "fields.u_long", "{summary}",
                "lengths.u_site", "1")));

        assertThat(own.create(call(Map.of("summary", "y".repeat(300)))))
                .containsOnly(
                        entry("u_start", "2026-03-29 00:59:59"),
                        entry("u_site", "H"),
                        entry("u_long", "y".repeat(249) + " [...]"));
        assertThat(own.note(call(Map.of()))).isEmpty();
    }

    @Test
    void shouldFindMistakesInTheConfiguration() {
        IncidentFieldsCheck mistaken = new IncidentFieldsCheck(IncidentConfigs.of(Map.of(
                "fields.short_description", "Call from {custommerName}",
                "fields.correlation_id", "{conversationId}",
                "fields.Description", "x",
                "note", "{sumary|}",
                "lengths.description", "0")));

        assertThat(mistaken.check().map(Finding::key))
                .containsExactlyInAnyOrder(
                        "bridge.servicenow.incident.fields.short_description",
                        "bridge.servicenow.incident.fields.correlation_id",
                        "bridge.servicenow.incident.fields.Description",
                        "bridge.servicenow.incident.note",
                        "bridge.servicenow.incident.lengths.description");
        assertThat(new IncidentFieldsCheck(IncidentConfigs.of(delivered())).check())
                .isEmpty();
    }

    private static FinishedCall call(Map<String, String> other) {
        return new FinishedCall(
                "conv-1",
                other.getOrDefault("sysId", ABEL),
                other.getOrDefault("name", "Abel Tuter"),
                "+14155550123",
                "E100001",
                "EMAIL",
                "E-mail outage",
                other.getOrDefault("topic", "EMAIL"),
                "software",
                "https://rec.example/1",
                other.getOrDefault("summary", "No mail since 9.\r\nRestarted twice."),
                "Service Desk",
                "inbound",
                "Beth Anglin",
                Instant.parse("2026-03-29T00:59:59Z"),
                Instant.parse("2026-03-29T01:10:00Z"));
    }

    /** What the bridge comes with, so that a change of the defaults is seen. */
    private static Map<String, String> delivered() {
        String prefix = "bridge.servicenow.incident.";
        Properties all = new Properties();
        try (InputStream file = IncidentFieldsTest.class.getResourceAsStream("/application.properties")) {
            all.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> found = new HashMap<>();
        all.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> found.put(key.substring(prefix.length()), all.getProperty(key)));
        return found;
    }
}
