package io.incidentbridge.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class AuditResourceTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Inject
    AuditTrail trail;

    @Test
    void shouldListTheNewestFirstAndPage() {
        String record = changed(3);

        String next = operator()
                .queryParam("record", record)
                .queryParam("limit", 2)
                .get("/v1/ops/audit")
                .then()
                .statusCode(200)
                .body("entries", hasSize(2))
                .body("entries.after.n", contains("3", "2"))
                .body("entries[0].actor", equalTo("tester"))
                .extract()
                .path("next");

        operator()
                .queryParam("record", record)
                .queryParam("cursor", next)
                .get("/v1/ops/audit")
                .then()
                .body("entries.after.n", contains("1"));
    }

    @Test
    void shouldExportAsJsonLinesAndAsCsv() {
        String record = changed(3);

        String lines = operator()
                .queryParam("record", record)
                .get("/v1/ops/audit/export.jsonl")
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"audit.jsonl\"")
                .contentType("application/jsonl")
                .extract()
                .asString();
        String csv = operator()
                .queryParam("record", record)
                .get("/v1/ops/audit/export.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();

        assertThat(lines.lines()).hasSize(3).first().asString().contains("\"n\":\"1\"");
        assertThat(csv.lines()).hasSize(4).first().asString().startsWith("seq,id,at,");
        operator()
                .queryParam("action", "audit.exported")
                .queryParam("limit", 2)
                .get("/v1/ops/audit")
                .then()
                .body("entries.actor", contains("sandbox-operator", "sandbox-operator"));
    }

    @Test
    void shouldVerifyTheTrailAgainstAnEntrySeenBefore() {
        String record = changed(1);
        Map<String, Object> seen = operator()
                .queryParam("record", record)
                .get("/v1/ops/audit")
                .then()
                .extract()
                .path("entries[0]");

        operator()
                .queryParam("seq", seen.get("seq"))
                .queryParam("mac", seen.get("mac"))
                .get("/v1/ops/audit/verify")
                .then()
                .statusCode(200)
                .body("intact", is(true));
        operator()
                .queryParam("seq", seen.get("seq"))
                .queryParam("mac", "0".repeat(64))
                .get("/v1/ops/audit/verify")
                .then()
                .body("intact", is(false))
                .body("findings.kind", contains("ROLLED_BACK"));
    }

    @Test
    void shouldAcknowledgeWithAReasonOnly() {
        operator()
                .contentType("application/json")
                .body("{\"reason\":\"\"}")
                .post("/v1/ops/audit/acknowledgement")
                .then()
                .statusCode(400);

        operator()
                .contentType("application/json")
                .body("{\"reason\":\"a drill\"}")
                .post("/v1/ops/audit/acknowledgement")
                .then()
                .statusCode(200);

        operator()
                .queryParam("action", "audit.findings-acknowledged")
                .get("/v1/ops/audit")
                .then()
                .body("entries[0].actor", is("sandbox-operator"))
                .body("entries[0].after.reason", is("a drill"));
        operator().get("/v1/ops/audit/verify").then().body("intact", is(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/ops/audit?limit=0",
                "/v1/ops/audit?limit=1001",
                "/v1/ops/audit?cursor=x",
                "/v1/ops/audit?from=2026-01-01T00:00:00",
                "/v1/ops/audit/export.csv?to=yesterday",
                "/v1/ops/audit/verify?seq=1"
            })
    void shouldRefuseWhatItDoesNotUnderstand(String path) {
        operator().get(path).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-data-action, /v1/ops/audit",
        "sandbox-emergency, /v1/ops/audit/export.csv",
        "sandbox-data-action, /v1/ops/audit/verify"
    })
    void shouldBeForOperatorsOnly(String key, String path) {
        given().header("X-API-Key", key).get(path).then().statusCode(403);
    }

    private String changed(int times) {
        String record = "test/" + UUID.randomUUID();
        for (int i = 1; i <= times; i++) {
            trail.append(new AuditTrail.Entry(
                            "tester", "test.changed", record, Map.of(), Map.of("n", Integer.toString(i)), ""))
                    .await()
                    .atMost(LONGEST);
        }
        return record;
    }

    private static RequestSpecification operator() {
        return given().header("X-API-Key", "sandbox-operator");
    }
}
