package io.incidentbridge.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the outbox, the audit trail and the reports, without a browser. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OperatorPagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("X-Console-Token&quot;:&quot;([0-9a-f]+)");
    private static final Pattern OLDER = Pattern.compile("href=\"(/console/audit\\?[^\"]*cursor=[^\"]*)\"");
    private static final Pattern BODY = Pattern.compile("<textarea[^>]*>(.*)</textarea>", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("<th scope=\"row\" class=\"number\">");

    Vendors vendors;

    @Inject
    AuditTrail trail;

    @Inject
    Viewers viewers;

    @TestHTTPResource
    URL application;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @AfterEach
    void lenientServiceNow() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{}");
    }

    @Test
    void shouldCorrectAndReplayADeadLetter() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
        String conversation = UUID.randomUUID().toString();
        String id = deadWrapUp(conversation);
        page("/console/outbox?reason=mandatory").body(containsString("/console/outbox/" + id));
        JsonObject work = work(id);
        work.getJsonObject("fields")
                .put(
                        "sysId",
                        vendors.records("sys_user", "user_name=abel.tuter")
                                .getJsonObject(0)
                                .getString("sys_id"));

        change().formParam("body", work.encode())
                .post("/console/outbox/" + id)
                .then()
                .statusCode(200)
                .body(containsString("Corrected"));
        change().post("/console/outbox/" + id + "/replay")
                .then()
                .statusCode(200)
                .body(containsString("<progress"));

        await().atMost(PATIENCE).untilAsserted(() -> page("/console/outbox/progress?ids=" + id)
                .body(containsString("1 of 1 ended"))
                .body(containsString("done"))
                .body(not(containsString("hx-trigger"))));
        assertThat(vendors.records("incident", "correlation_id=" + conversation))
                .hasSize(1);
    }

    @Test
    void shouldDiscardOnlyWithAReason() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
        String id = deadWrapUp(UUID.randomUUID().toString());

        change().formParam("reason", " ")
                .post("/console/outbox/" + id + "/discard")
                .then()
                .statusCode(400)
                .body(containsString("must say why"));
        change().formParam("reason", "a test call")
                .post("/console/outbox/" + id + "/discard")
                .then()
                .statusCode(200)
                .body(containsString("Discarded"));

        page("/console/outbox/" + id).body(containsString("discarded")).body(not(containsString("<textarea")));
    }

    @Test
    void shouldTakeLongForms() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
        String id = deadWrapUp(UUID.randomUUID().toString());
        JsonObject work = work(id);

        change().formParam("body", work.encode() + "\n".repeat(10_000))
                .post("/console/outbox/" + id)
                .then()
                .statusCode(200)
                .body(containsString("Corrected"));
        change().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("reason", "\u0436".repeat(500))
                .post("/console/outbox/" + id + "/discard")
                .then()
                .statusCode(200)
                .body(containsString("Discarded"));
    }

    @Test
    void shouldSayWhereABodyIsNoJson() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
        String id = deadWrapUp(UUID.randomUUID().toString());

        change().formParam("body", "{\n\"fields\": nonsense}")
                .post("/console/outbox/" + id)
                .then()
                .statusCode(400)
                .body(containsString("line 2"));
    }

    @Test
    void shouldPageThroughTheAuditTrail() {
        String record = "pages/" + UUID.randomUUID();
        Uni.join()
                .all(IntStream.range(0, 120)
                        .mapToObj(i -> trail.append(new AuditTrail.Entry(
                                "tester", "pages.tested", record, Map.of(), Map.of("n", "<b>" + i + "</b>"), "")))
                        .toList())
                .andFailFast()
                .await()
                .atMost(PATIENCE);

        int entries = 0;
        int pages = 0;
        String address = "/console/audit?record=" + record;
        while (!address.isEmpty()) {
            String html =
                    page(address).body(not(containsString("<b>"))).extract().asString();
            entries += (int) ENTRY.matcher(html).results().count();
            Matcher older = OLDER.matcher(html);
            address = older.find() ? older.group(1).replace("&amp;", "&") : "";
            pages++;
        }

        assertThat(entries).isEqualTo(120);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void shouldVerifyAndExportTheTrail() {
        String record = "pages/" + UUID.randomUUID();
        trail.append(new AuditTrail.Entry("tester", "pages.tested", record, Map.of(), Map.of(), ""))
                .await()
                .atMost(PATIENCE);

        page("/console/audit/verify").body(containsString("The chain is"));
        given().header("X-API-Key", "sandbox-operator")
                .get("/console/audit/export.csv?record=" + record)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(containsString(record));
        given().header("X-API-Key", "sandbox-operator")
                .get("/console/audit/export.jsonl?record=" + record)
                .then()
                .statusCode(200)
                .body(containsString(record));
    }

    @Test
    void shouldShowAReport() {
        page("/console/reports")
                .body(containsString("Callers identified"))
                .body(containsString("/console/reports/service-desk.csv?from="));
        given().header("X-API-Key", "sandbox-operator")
                .get("/console/reports/service-desk.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(containsString("lookups,all,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "from=%2B12345-01-01",
                "to=-999999999-01-01",
                "to=%2B999999999-12-31",
                "to=9999-12-31",
                "from=9999-12-30",
                "from=0000-01-01",
                "to=1970-01-01"
            })
    void shouldRefuseWhatIsNoDayThatAReportCanBeAbout(String query) {
        page("/console/reports?" + query, 400).body(containsString("must be a day"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "-1000000000-01-01T00:00:00Z", "%2B1000000000-12-31T00:00:00Z"})
    void shouldRefuseDeadLettersBeforeWhatIsNoMoment(String before) {
        page("/console/outbox?before=" + before, 400).body(containsString("must be a moment"));
    }

    @Test
    void shouldShowATopicInItsOneSpelling() {
        page("/console/outages/Alpha%0Adata:beta").body(containsString("sse-swap=\"outage:alpha-data:beta\""));
        page("/console/outages/%0A%2C", 404);
    }

    @Test
    void shouldForgetAViewerWhoGoesAway() throws Exception {
        int before = viewers.count();
        HttpURLConnection connection =
                (HttpURLConnection) new URL(application, "/console/live?panel=health").openConnection();
        connection.setRequestProperty("X-API-Key", "sandbox-operator");
        connection.setReadTimeout(30_000);
        InputStream events = connection.getInputStream();
        assertThat(events.read()).isPositive();
        assertThat(viewers.count()).isGreaterThan(0);

        connection.disconnect();

        await().atMost(PATIENCE).until(() -> viewers.count() <= before);
    }

    @Test
    void shouldSayThatAnIncidentCannotBeRepaired() {
        change().post("/console/reports/repair/" + "0".repeat(32))
                .then()
                .statusCode(409)
                .body(containsString("does not know"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "live?panel=health",
                "outages",
                "outages/x",
                "outages/ledger/x",
                "emergencies",
                "emergencies/default",
                "outbox",
                "outbox/x",
                "audit",
                "audit/verify",
                "audit/export.csv",
                "reports",
                "reports/service-desk.csv"
            })
    void shouldBeForOperatorsOnly(String page) {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/console/" + page)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldTakeChangesFromOperatorsOnly() {
        String topic = "pages-" + UUID.randomUUID();
        Matcher token = TOKEN.matcher(page("/console").extract().asString());
        assertThat(token.find()).isTrue();

        given().header("X-API-Key", "sandbox-data-action")
                .header("X-Console-Token", token.group(1))
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("topic", topic)
                .formParam("reason", "none")
                .post("/console/outages/trip")
                .then()
                .statusCode(403);

        given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages")
                .then()
                .statusCode(200)
                .body(not(containsString(topic)));
    }

    private static String deadWrapUp(String conversation) {
        return new JsonObject(given().header("X-API-Key", "sandbox-data-action")
                        .contentType("application/json")
                        .body(new JsonObject()
                                .put("conversationId", conversation)
                                .put("wrapUpCode", "pages-" + conversation)
                                .put("waitMs", 15_000)
                                .encode())
                        .post("/v1/wrapups")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .getString("reference");
    }

    /** What is to be done, as the page shows it. */
    private static JsonObject work(String id) {
        Matcher body = BODY.matcher(page("/console/outbox/" + id).extract().asString());
        assertThat(body.find()).isTrue();
        return new JsonObject(body.group(1).replace("&quot;", "\"").replace("&#39;", "'"));
    }

    private static ValidatableResponse page(String address) {
        return page(address, 200);
    }

    private static ValidatableResponse page(String address, int status) {
        return given().header("X-API-Key", "sandbox-operator")
                .urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(status);
    }

    /** As htmx sends a change from a page of a session. */
    private static RequestSpecification change() {
        String session = given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("key", "sandbox-operator")
                .post("/console/login")
                .then()
                .statusCode(303)
                .extract()
                .cookie(Sessions.COOKIE);
        Matcher token = TOKEN.matcher(
                given().cookie(Sessions.COOKIE, session).get("/console").asString());
        assertThat(token.find()).isTrue();
        return given().cookie(Sessions.COOKIE, session)
                .header("X-Console-Token", token.group(1))
                .header("Sec-Fetch-Site", "same-origin")
                .header("HX-Request", "true");
    }
}
