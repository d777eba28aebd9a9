package io.incidentbridge.caller;

import static io.incidentbridge.caller.CallerRequests.newUser;
import static io.incidentbridge.caller.CallerRequests.unknownNumber;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class EnrolmentWorkTest {

    @Inject
    EnrolmentWork work;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldEnrolLaterWhatServiceNowCouldNotTake() {
        JsonObject user = newUser(vendors);
        String ani = unknownNumber();
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");
        assertThat(handle(user.getString("employee_number"), ani).verb()).isEqualTo(OutboxOutcome.Verb.RETRY);
        vendors.heal();

        OutboxOutcome outcome = handle(user.getString("employee_number"), ani);

        assertThat(outcome.verb()).isEqualTo(OutboxOutcome.Verb.DONE);
        assertThat(new JsonObject(outcome.result()).getString("status")).isEqualTo("ENROLLED");
        assertThat(vendors.records("sys_user", "sys_id=" + user.getString("sys_id"))
                        .getJsonObject(0)
                        .getString("mobile_phone"))
                .isEqualTo(ani);
    }

    @Test
    void shouldEndWithARefusal() {
        OutboxOutcome outcome = handle("E-nobody", unknownNumber());

        assertThat(outcome.verb()).isEqualTo(OutboxOutcome.Verb.DONE);
        assertThat(new JsonObject(outcome.result()).getString("status")).isEqualTo("NOT_FOUND");
    }

    private OutboxOutcome handle(String employeeId, String ani) {
        String body = new JsonObject()
                .put("employeeId", employeeId)
                .put("ani", ani)
                .put("actor", "test")
                .encode();
        OutboxItem item = OutboxItem.claimed("0-0", EnrolmentWork.KIND, "", body, Instant.now(), "");
        return work.handle(item).await().atMost(Duration.ofSeconds(30));
    }
}
