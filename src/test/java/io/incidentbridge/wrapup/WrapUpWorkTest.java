package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.incidents;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second try after one of whose writing nobody knows, as the replica that did it has died. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WrapUpWorkTest {

    private final String id = "0-" + UUID.randomUUID().toString().replace("-", "");

    Vendors vendors;
    RedisProcess redis;

    @Inject
    WrapUpWork work;

    @Inject
    WrapUpStore store;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldCreateNoTicketForACallThatWasNotedOnItsIncidentBeforeThatWasClosed() {
        JsonObject incident = vendors.create("incident", new JsonObject().put("short_description", "Printer"));
        JsonObject call = call(vendors).put("incidentNumber", incident.getString("number"));
        tried(1, call);
        forget(call);
        close(incident);

        JsonObject again = tried(2, call);

        assertThat(again.getString("outcome")).isEqualTo("UPDATED");
        assertThat(again.getString("number")).isEqualTo(incident.getString("number"));
        assertThat(incidents(vendors, call)).isEmpty();
    }

    @Test
    void shouldCreateOneForACallThatCouldNotBeNotedBeforeItsIncidentWasClosed() {
        JsonObject incident = vendors.create("incident", new JsonObject().put("short_description", "Printer"));
        JsonObject call = call(vendors).put("incidentNumber", incident.getString("number"));
        close(incident);

        assertThat(tried(2, call).getString("outcome")).isEqualTo("CREATED");

        assertThat(incidents(vendors, call)).hasSize(1);
    }

    /** The record is written after the ticket; without it the second try knows nothing of the first one. */
    private void forget(JsonObject call) {
        redis.call("DEL", store.record(call.getString("conversationId")));
    }

    private void close(JsonObject incident) {
        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/incident/" + incident.getString("sys_id"),
                "{\"state\":\"7\",\"active\":\"false\",\"close_code\":\"Solution provided\",\"close_notes\":\"x\"}");
    }

    private JsonObject tried(int claims, JsonObject call) {
        JsonObject fields = call.copy();
        fields.remove("waitMs");
        String body = new JsonObject().put("revision", 1).put("fields", fields).encode();
        OutboxOutcome outcome = work.handle(
                        new OutboxItem(id, WrapUpWork.KIND, "order", body, Instant.now(), claims, 0, 0, "token"))
                .await()
                .atMost(Duration.ofSeconds(20));
        return new JsonObject(outcome.result());
    }
}
