package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.incident;
import static io.incidentbridge.wrapup.WrapUps.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.incidentbridge.wrapup.WrapUpSpool.Spooled;
import io.incidentbridge.wrapup.WrapUpStore.Event;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrap-ups that come out of a replica's spool ten minutes after they were said. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WrapUpHandoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Vendors vendors;
    RedisProcess redis;

    @Inject
    WrapUpService service;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldNotCountForASurgeOfNow() {
        String topic = "spooled-" + UUID.randomUUID();
        String other = "direct-" + UUID.randomUUID();

        Event event = handOver(UUID.randomUUID().toString(), Map.of("wrapUpCode", topic));
        taken(call(vendors).put("wrapUpCode", other));

        assertThat(event).isEqualTo(Event.NEW);
        await().atMost(PATIENCE).until(() -> isCounted(other));
        assertThat(isCounted(topic)).isFalse();
    }

    @Test
    void shouldOnlyAddToATicketThatSaysSomethingLater() {
        JsonObject call = call(vendors).put("recordingUrl", "https://recordings.example/later");
        taken(call);

        Event event = handOver(
                call.getString("conversationId"),
                Map.of(
                        "wrapUpCode", "email",
                        "recordingUrl", "https://recordings.example/earlier",
                        "transcriptSummary", "only in the spool"));

        assertThat(event).isEqualTo(Event.AMENDED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(incident(vendors, call).getString("description"))
                        .contains("only in the spool", "https://recordings.example/later")
                        .doesNotContain("earlier"));
    }

    private Event handOver(String conversation, Map<String, String> fields) {
        Map<String, String> said = new HashMap<>(fields);
        said.put("conversationId", conversation);
        Spooled spooled = new Spooled(new WrapUp(said), Instant.now().minus(Duration.ofMinutes(10)));
        return service.handOver(spooled).await().atMost(PATIENCE).taken().event();
    }

    private boolean isCounted(String topic) {
        return redis.call("EXISTS", "ib:{outage}:slices:" + topic).startsWith(":1");
    }
}
