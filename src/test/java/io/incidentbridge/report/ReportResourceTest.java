package io.incidentbridge.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.incidentbridge.sandbox.VendorServer;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ReportResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DateTimeFormatter RAW =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    Vendors vendors;

    @TestHTTPResource("/")
    URI bridge;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldAgreeWithTheSimulatorsOwnCountsOfADaysGeneratedCalls() throws Exception {
        String topic = "report-" + UUID.randomUUID();
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
        JsonObject before = report(day, ChronoUnit.DAYS);

        JsonObject ticketed = generate(30, topic);
        decide(topic, "trip");
        JsonObject noted = generate(20, topic);
        decide(topic, "reset");
        vendors.create(
                "incident", new JsonObject().put("contact_type", "phone").put("short_description", "Typed in by hand"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonObject after = report(day, ChronoUnit.DAYS);
            assertThat(grown(before, after, "lookups", "all")).isEqualTo(50);
            assertThat(grown(before, after, "lookups", "found"))
                    .isPositive()
                    .isEqualTo(told("lookups", "FOUND", ticketed, noted));
            assertThat(grown(before, after, "lookups", "notFound"))
                    .isPositive()
                    .isEqualTo(told("lookups", "NOT_FOUND", ticketed, noted));
            assertThat(grown(before, after, "lookups", "ambiguous"))
                    .isEqualTo(told("lookups", "AMBIGUOUS", ticketed, noted));
            assertThat(grown(before, after, "wrapUps", "calls")).isEqualTo(50);
            assertThat(grown(before, after, "wrapUps", "noted"))
                    .isEqualTo(20)
                    .isEqualTo(told("wrapUps", "NOTED", ticketed, noted));
            assertThat(grown(before, after, "wrapUps", "measured")).isEqualTo(50);
            String phone = "contact_type=phone^sys_created_on>=" + RAW.format(day);
            assertThat(after.getJsonObject("incidents").getLong("manual"))
                    .isPositive()
                    .isEqualTo(vendors.records("incident", phone + "^correlation_idISEMPTY")
                            .size());
            assertThat(after.getJsonObject("incidents").getLong("automatic"))
                    .isGreaterThanOrEqualTo(30)
                    .isEqualTo(vendors.records("incident", phone + "^correlation_idISNOTEMPTY")
                            .size());
            assertThat(after.getBoolean("complete")).isTrue();
        });
    }

    @Test
    void shouldCountARepeatedWrapUpOnce() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        JsonObject before = report(hour);
        String wrapUp = new JsonObject()
                .put("conversationId", UUID.randomUUID().toString())
                .put("wrapUpCode", "report-" + UUID.randomUUID())
                .put("endTime", Instant.now().minusSeconds(60).toString())
                .encode();

        for (int i = 0; i < 3; i++) {
            given().header("X-API-Key", "sandbox-data-action")
                    .contentType("application/json")
                    .body(wrapUp)
                    .post("/v1/wrapups")
                    .then()
                    .statusCode(200);
        }

        JsonObject after = report(hour);
        assertThat(grown(before, after, "wrapUps", "calls")).isEqualTo(1);
        assertThat(grown(before, after, "wrapUps", "measured")).isEqualTo(1);
        assertThat(after.getJsonObject("wrapUps").getLong("baselineSeconds")).isEqualTo(180);
    }

    @Test
    void shouldSayWhichPartIsMissingWhenServiceNowIsAway() {
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");

        operator()
                .get("/v1/reports/service-desk")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("unavailable.find { it.part == 'incidents' }.reason", containsString("servicenow: "))
                .body("unavailable.find { it.part == 'integrity' }.reason", containsString("servicenow: "))
                .body("unavailable.find { it.part == 'lookups' }", equalTo(null));
    }

    @ParameterizedTest
    @CsvSource({"'', text/csv", "csv, application/json", "csv, */*"})
    void shouldAnswerCsv(String format, String accept) {
        operator()
                .accept(accept)
                .queryParam("format", format)
                .get("/v1/reports/service-desk")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", containsString("service-desk.csv"))
                .body(containsString("part,item,value\r\n"))
                .body(containsString("lookups,identificationRate,"));
    }

    @Test
    void shouldRefuseAnotherFormat() {
        operator()
                .queryParam("format", "xml")
                .get("/v1/reports/service-desk")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("format"));
    }

    @Test
    void shouldBeForOperatorsOnly() {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/reports/service-desk")
                .then()
                .statusCode(403);
        given().get("/v1/reports/service-desk").then().statusCode(401);
    }

    private JsonObject report(Instant hour) {
        return report(hour, ChronoUnit.HOURS);
    }

    /** Of two, as the one may end while a test runs. */
    private JsonObject report(Instant from, ChronoUnit length) {
        return new JsonObject(operator()
                .queryParam("from", from.toString())
                .queryParam("to", from.plus(2, length).toString())
                .get("/v1/reports/service-desk")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** What the generator was told by the bridge, added up. */
    private static long told(String part, String answer, JsonObject... runs) {
        return Stream.of(runs)
                .mapToLong(run -> run.getJsonObject(part).getLong(answer, 0L))
                .sum();
    }

    private static void decide(String topic, String what) {
        operator()
                .contentType("application/json")
                .body(new JsonObject().put("reason", "a report's test").encode())
                .post("/v1/ops/outages/" + topic + "/" + what)
                .then()
                .statusCode(200);
    }

    private static long grown(JsonObject before, JsonObject after, String part, String item) {
        return after.getJsonObject(part).getLong(item)
                - before.getJsonObject(part).getLong(item);
    }

    /** Calls by the sandbox' own generator, with its tally of them. */
    private JsonObject generate(int calls, String topic) throws Exception {
        try (VendorServer generator = VendorServer.start("127.0.0.1", 0, URI.create(strip(bridge)))) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest.Builder order = HttpRequest.newBuilder(URI.create(generator.baseUrl() + "/sandbox/calls"));
            String body = new JsonObject()
                    .put("count", calls)
                    .put("perSecond", 15)
                    .put("topic", topic)
                    .put("knownCallers", 0.7)
                    .encode();
            http.send(
                    order.copy()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return await().atMost(PATIENCE)
                    .until(
                            () -> new JsonObject(http.send(order.copy().build(), BodyHandlers.ofString())
                                    .body()),
                            run -> !run.getBoolean("running"));
        }
    }

    private static String strip(URI address) {
        return "http://" + address.getHost() + ":" + address.getPort();
    }

    private static RequestSpecification operator() {
        return given().header("X-API-Key", "sandbox-operator");
    }
}
