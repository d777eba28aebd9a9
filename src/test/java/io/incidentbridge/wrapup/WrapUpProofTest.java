package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.incident;
import static io.incidentbridge.wrapup.WrapUps.operator;
import static io.incidentbridge.wrapup.WrapUps.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WrapUpProofTest {

    Vendors vendors;

    @Test
    void shouldFindATicketThatIsGoneAndOneThatIsThereTwice() {
        vendors.reset();
        Instant begin = Instant.now();
        JsonObject good = call(vendors);
        JsonObject gone = call(vendors);
        JsonObject twice = call(vendors);
        taken(good);
        taken(gone);
        taken(twice);
        await().atMost(Duration.ofSeconds(30)).until(() -> proof(begin).getInteger("linked") == 3);
        assertThat(proof(begin).getBoolean("complete")).isTrue();

        vendors.send(
                "DELETE",
                "/sandbox/servicenow/api/now/table/incident/"
                        + incident(vendors, gone).getString("sys_id"),
                null);
        vendors.create("incident", new JsonObject().put("correlation_id", twice.getString("conversationId")));

        JsonObject proof = proof(begin);
        assertThat(proof.getInteger("accepted")).isEqualTo(3);
        assertThat(proof.getInteger("created")).isEqualTo(3);
        assertThat(proof.getJsonArray("missing")).containsExactly(gone.getString("conversationId"));
        assertThat(proof.getJsonArray("twice")).containsExactly(twice.getString("conversationId"));
        assertThat(proof.getBoolean("complete")).isFalse();
    }

    @Test
    void shouldGoOnWhereThePageBeforeHasEnded() {
        vendors.reset();
        Instant begin = Instant.now();
        taken(call(vendors));
        taken(call(vendors));

        JsonObject first = proof(begin + "&limit=1");
        JsonObject second = proof(first.getString("next") + "&limit=1");

        assertThat(first.getInteger("accepted")).isEqualTo(1);
        assertThat(first.getBoolean("complete")).isFalse();
        assertThat(second.getInteger("accepted")).isEqualTo(1);
        assertThat(second.getString("next")).isEmpty();
        operator("GET", "wrapups/proof?from=" + begin + "~x", null)
                .statusCode(400)
                .body("errors.field", hasItem("from"));
    }

    private static JsonObject proof(Object from) {
        return new JsonObject(operator("GET", "wrapups/proof?from=" + from, null)
                .statusCode(200)
                .extract()
                .asString());
    }
}
