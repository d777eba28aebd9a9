package io.incidentbridge.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hamcrest.Matchers.equalTo;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IntegrityTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PATIENT_MS = 15_000;

    Vendors vendors;

    @Inject
    IntegrityAudit audit;

    @Inject
    RedisCommands redis;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldRepairAnIncidentThatAConversationWasWrittenTo() {
        JsonObject byHand = byHand();
        String sysId = byHand.getString("sys_id");
        String conversation = UUID.randomUUID().toString();
        given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("conversationId", conversation)
                        .put("wrapUpCode", "integrity-" + conversation)
                        .put("incidentNumber", byHand.getString("number"))
                        .put("waitMs", PATIENT_MS)
                        .encode())
                .post("/v1/wrapups")
                .then()
                .body("status", equalTo("UPDATED"));

        repair(sysId).body("status", equalTo("REPAIRED")).body("conversationId", equalTo(conversation));
        repair(sysId).body("status", equalTo("ALREADY"));

        assertThat(vendors.records("incident", "sys_id=" + sysId)
                        .getJsonObject(0)
                        .getString("correlation_id"))
                .isEqualTo(conversation);
        given().header("X-API-Key", "sandbox-operator")
                .queryParam("record", "incident/" + sysId)
                .get("/v1/ops/audit")
                .then()
                .body("entries.size()", equalTo(1))
                .body("entries[0].action", equalTo("integrity.repaired"))
                .body("entries[0].actor", equalTo("sandbox-operator"))
                .body("entries[0].conversationId", equalTo(conversation));
    }

    @Test
    void shouldLeaveAnIncidentAloneWhoseConversationNobodyKnows() {
        String sysId = byHand().getString("sys_id");

        repair(sysId).body("status", equalTo("UNKNOWN_CONVERSATION"));
    }

    @Test
    void shouldRefuseWhatIsNoSysId() {
        given().header("X-API-Key", "sandbox-operator")
                .post("/v1/ops/integrity/INC0010001/repair")
                .then()
                .statusCode(400);
        given().header("X-API-Key", "sandbox-data-action")
                .post("/v1/ops/integrity/" + "0".repeat(32) + "/repair")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldLookOnceThroughAPeriodAndTellTheTrail() {
        byHand();
        redis.send(Command.DEL, "ib:{integrity}:until").await().atMost(LONGEST);

        audit.tick().await().atMost(LONGEST);
        String until = until();
        audit.tick().await().atMost(LONGEST);

        JsonObject entry = new JsonObject(given().header("X-API-Key", "sandbox-operator")
                        .queryParam("action", "integrity.audited")
                        .get("/v1/ops/audit")
                        .asString())
                .getJsonArray("entries")
                .getJsonObject(0);
        assertThat(until()).as("the next look was too early").isEqualTo(until);
        assertThat(Instant.parse(until)).isBefore(Instant.now().minus(Duration.ofMinutes(14)));
        assertThat(entry.getJsonObject("after").fieldNames()).contains("from", "to", "linked", "unlinked");
    }

    @Test
    void shouldBeginWhereItEndedUnlessThatIsTooLongAgo() {
        Instant to = Instant.parse("2026-11-22T12:00:00Z");

        assertThat(IntegrityAudit.begin(Optional.of(to.minusSeconds(60)), to)).isEqualTo(to.minusSeconds(60));
        assertThat(IntegrityAudit.begin(Optional.empty(), to)).isEqualTo(to.minus(Duration.ofDays(1)));
        assertThat(IntegrityAudit.begin(Optional.of(Instant.EPOCH), to)).isEqualTo(to.minus(Duration.ofDays(31)));
    }

    @Test
    void shouldLookOnceInTheConfiguredTimeWhicheverReplicaAsks() {
        Instant to = Instant.parse("2026-11-22T12:00:00Z");

        for (Duration every : List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(40))) {
            assertThat(IntegrityAudit.isDue(Optional.empty(), to, every)).isTrue();
            assertThat(IntegrityAudit.isDue(Optional.of(to), to, every)).isFalse();
            assertThat(IntegrityAudit.isDue(Optional.of(to.minus(every).plusSeconds(1)), to, every))
                    .isFalse();
            assertThat(IntegrityAudit.isDue(Optional.of(to.minus(every)), to, every))
                    .isTrue();
        }
    }

    @Test
    void shouldUnderstandHowOften() {
        ReportConfig.Often often = new ReportConfig.Often();

        assertThat(often.convert("90m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(often.convert("PT1H")).isEqualTo(Duration.ofHours(1));
        assertThat(often.convert("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(often.convert("OFF")).isNull();
        for (String wrong : List.of("daily", "", "0s", "-1h", "9m")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> often.convert(wrong));
        }
    }

    private String until() {
        return redis.send(Command.GET, "ib:{integrity}:until")
                .await()
                .atMost(LONGEST)
                .toString();
    }

    private JsonObject byHand() {
        return vendors.create(
                "incident", new JsonObject().put("contact_type", "phone").put("short_description", "Typed in by hand"));
    }

    private static ValidatableResponse repair(String sysId) {
        return given().header("X-API-Key", "sandbox-operator")
                .post("/v1/ops/integrity/" + sysId + "/repair")
                .then()
                .statusCode(200);
    }
}
