package io.incidentbridge.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "E-mail is down" on two replicas of the packaged application, scaled down as ServiceNow's limit is. */
@Tag("processes")
class OutageReplicasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int CALLS = 120;
    private static final int LIMIT_PER_10S = 60;
    private static final Duration BETWEEN = Duration.ofMillis(60);
    private static final int EVERY_OTHER_TOPIC = 15;

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Vendors vendors;
    private static RedisProcess redis;
    private static List<BridgeProcess> replicas;

    @BeforeAll
    static void startReplicas() {
        Map<String, String> properties = new HashMap<>(SANDBOX.start());
        properties.put("bridge.budget.upstreams.servicenow.windows[0].limit", Integer.toString(LIMIT_PER_10S));
        properties.put("bridge.budget.upstreams.servicenow.windows[0].period", "10s");
        // Two starved replicas take longer to the vendor's counter than two real ones.
        properties.put("bridge.budget.margin", "2s");
        properties.put("bridge.budget.replicas", "2");
        properties.put("bridge.inbound.mode", "off");
        properties.put("bridge.outage.window", "10s");
        properties.put("bridge.outage.surge.calls", "30");
        properties.put("bridge.outage.surge.floor", "30");
        properties.put("bridge.outage.min-open", "5s");
        properties.put("bridge.outage.calm-for", "3s");
        properties.put("bridge.outage.close-after", "3s");
        properties.put("bridge.outage.notes.every", "2s");
        vendors = SANDBOX.vendors();
        redis = SANDBOX.redis();
        replicas = BridgeProcess.start(2, properties);
    }

    @AfterAll
    static void stopReplicas() {
        replicas.forEach(BridgeProcess::close);
        SANDBOX.stop();
    }

    @Test
    void shouldComeThroughAMassOutageAndRecoverByItself() {
        vendors.reset();
        vendors.fail("servicenow", "{\"rateLimit\":" + LIMIT_PER_10S + ",\"rateLimitWindowSeconds\":10}");
        vendors.fail("genesys", "{\"rateLimit\":100000}");
        String topic = "email-" + UUID.randomUUID().toString().substring(0, 8);

        List<CompletableFuture<HttpResponse<String>>> mail = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            mail.add(wrapUp(replicas.get(i % 2), topic));
            if (i % EVERY_OTHER_TOPIC == 0) {
                others.add(wrapUp(replicas.get(i % 2), "other-" + i % 4));
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }

        List<JsonObject> answers = answers(mail);
        long noted = answers.stream()
                .filter(answer -> answer.getString("status").equals("NOTED"))
                .count();
        assertThat(noted).isGreaterThan(CALLS / 3);
        assertThat(answers(others))
                .noneMatch(answer -> answer.getString("status").equals("NOTED"));
        String outage = firstOutageOf(topic);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ops("/v1/ops/outages/ledger/" + outage).getLong("callsWritten") >= noted);
        assertThat(ops("/v1/ops/outages/ledger/" + outage).getLong("callsNoted"))
                .isEqualTo(noted);
        JsonArray masters = vendors.records("incident", "short_descriptionSTARTSWITHOutage: " + topic);
        assertThat(masters).hasSize(1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> current(replicas.get(1), topic).getString("mode").equals("NORMAL"));
        await().atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(vendors.records("incident", "short_descriptionLIKETopic: " + topic)
                                .size())
                        .isEqualTo(CALLS));
        String master = masters.getJsonObject(0).getString("sys_id");
        assertThat(vendors.records("incident", "parent_incident=" + master)).hasSize((int) noted);
        assertThat(vendors.records("incident", "short_descriptionLIKETopic: other-"))
                .hasSize(others.size());
        assertThat(vendors.records("sys_journal_field", "element_id=" + master + "^element=work_notes")
                        .size())
                .isLessThan(40);
        assertThat(vendors.answered("servicenow", 429)).isLessThan(CALLS / 10);
    }

    @Test
    void shouldKeepAnOperatorsStateWhenRedisComesBackEmpty() {
        String topic = "forced-" + UUID.randomUUID().toString().substring(0, 8);
        JsonObject force = new JsonObject().put("open", true).put("reason", "drill");
        await().atMost(PATIENCE)
                .until(() ->
                        operate(replicas.get(0), topic, "force", force).join().statusCode() == 200);
        replicas.forEach(replica -> await().atMost(PATIENCE)
                .until(() -> current(replica, topic).getString("mode").equals("CATASTROPHE")));

        redis.kill();
        redis.restart();

        replicas.forEach(replica -> await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ops(replica, "/v1/ops/outages").getJsonArray("topics").stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(state -> state.getString("topic").equals(topic) && state.getBoolean("held"))));
        assertThat(current(replicas.get(1), topic).getString("mode")).isEqualTo("CATASTROPHE");
        operate(replicas.get(0), topic, "reset", new JsonObject().put("reason", "over"))
                .join();
    }

    private static CompletableFuture<HttpResponse<String>> wrapUp(BridgeProcess replica, String topic) {
        JsonObject call = new JsonObject()
                .put("conversationId", UUID.randomUUID().toString())
                .put("wrapUpCode", topic)
                .put("sysId", "62826bf03710200044e0bfc8bcbe5df1")
                .put("customerName", "Abel Tuter")
                .put("waitMs", 200);
        return replica.post("/v1/wrapups", call.encode());
    }

    /** All of them 200: no Data Action fails. */
    private static List<JsonObject> answers(List<CompletableFuture<HttpResponse<String>>> calls) {
        return calls.stream()
                .map(CompletableFuture::join)
                .map(response -> {
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                    return new JsonObject(response.body());
                })
                .toList();
    }

    /** Calls may come back after a resolution; the first transition is the oldest. */
    private static String firstOutageOf(String topic) {
        JsonArray transitions = ops("/v1/ops/outages/history?topic=" + topic).getJsonArray("transitions");
        assertThat(IntStream.range(0, transitions.size())
                        .mapToObj(transitions::getJsonObject)
                        .map(transition -> transition.getString("outageId"))
                        .distinct())
                .hasSize(1);
        return transitions.getJsonObject(0).getString("outageId");
    }

    private static CompletableFuture<HttpResponse<String>> operate(
            BridgeProcess replica, String topic, String action, JsonObject body) {
        return replica.post("/v1/ops/outages/" + topic + "/" + action, body.encode(), "sandbox-operator");
    }

    private static JsonObject current(BridgeProcess replica, String topic) {
        return get(replica, "/v1/outages/current?topic=" + topic, "sandbox-data-action");
    }

    private static JsonObject ops(String path) {
        return ops(replicas.get(0), path);
    }

    private static JsonObject ops(BridgeProcess replica, String path) {
        return get(replica, path, "sandbox-operator");
    }

    private static JsonObject get(BridgeProcess replica, String path, String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + replica.address() + path))
                .timeout(Duration.ofSeconds(10))
                .header("X-API-Key", key)
                .build();
        try {
            return new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
