package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.incidentbridge.sandbox.WebhookReceiver;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deliveries of the app in integrations/servicenow, one for each rule that matches a change. */
class IncidentWebhookTest {

    private static final String CRITICAL = "\"impact\":\"1\",\"urgency\":\"1\"";
    private static final String RESOLVED =
            "\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"Works again\"";

    private VendorClient vendors;
    private WebhookReceiver bridge;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(new MutableClock());
        bridge = WebhookReceiver.of(vendors);
    }

    @AfterEach
    void stop() {
        vendors.close();
        bridge.close();
    }

    @Test
    void shouldTellOfANewCriticalIncident() throws Exception {
        String sysId = send("POST", "", "{" + CRITICAL + "}");

        WebhookReceiver.Delivery delivery = bridge.await(1).get(0);

        assertThat(delivery.path()).isEqualTo("/v1/webhooks/servicenow/sandbox");
        assertThat(delivery.headers())
                .containsEntry("webhook-id", sysId + "_0_created")
                .containsKeys("webhook-timestamp", "webhook-signature");
        assertThat(delivery.body().getMap())
                .containsEntry("type", "incident.created")
                .containsEntry("timestamp", "2026-07-01T12:00:00Z");
        assertThat(delivery.body().getJsonObject("data").getMap())
                .containsOnlyKeys(
                        "table",
                        "sys_id",
                        "number",
                        "sys_mod_count",
                        "operation",
                        "priority",
                        "state",
                        "active",
                        "category")
                .containsEntry("operation", "insert")
                .containsEntry("priority", "1")
                .containsEntry("active", "true");
    }

    @Test
    void shouldTellTwiceOfOneUpdateOfPriorityAndState() throws Exception {
        String sysId = send("POST", "", "{}");

        send("PATCH", "/" + sysId, "{\"state\":\"2\"," + CRITICAL + "}");

        assertThat(ids(2)).containsExactlyInAnyOrder(sysId + "_1_priority_changed", sysId + "_1_updated");
        assertThat(types(2)).containsExactlyInAnyOrder("incident.priority_changed", "incident.updated");
    }

    @Test
    void shouldTellOfReopeningBesideTheChangeOfState() throws Exception {
        String sysId = send("POST", "", "{}");
        send("PATCH", "/" + sysId, "{" + RESOLVED + "}");
        assertThat(ids(1)).containsExactly(sysId + "_1_updated");

        send("PATCH", "/" + sysId, "{\"state\":\"2\"}");

        assertThat(ids(3)).containsExactlyInAnyOrder(sysId + "_1_updated", sysId + "_2_updated", sysId + "_2_reopened");
    }

    @Test
    void shouldNotTellOfAnythingElse() throws Exception {
        String sysId = send("POST", "", "{\"short_description\":\"Mail\"}");
        send("PATCH", "/" + sysId, "{\"short_description\":\"Mail is down\",\"work_notes\":\"x\"}");

        send("PATCH", "/" + sysId, "{\"state\":\"2\"}");

        assertThat(ids(1)).containsExactly(sysId + "_2_updated");
    }

    private List<String> ids(int count) {
        return bridge.await(count).stream()
                .map(delivery -> delivery.headers().get("webhook-id"))
                .toList();
    }

    private List<String> types(int count) {
        return bridge.await(count).stream()
                .map(delivery -> delivery.body().getString("type"))
                .toList();
    }

    private String send(String method, String path, String incident) throws Exception {
        String answer = vendors.send(vendors.request("/sandbox/servicenow/api/now/table/incident" + path)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .header("Authorization", SimulatedInstance.basic("sandbox", "sandbox"))
                        .method(method, BodyPublishers.ofString(incident)))
                .body();
        return new JsonObject(answer).getJsonObject("result").getString("sys_id");
    }
}
