package io.incidentbridge.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard at the HTTP edge, on a resource whose effects can be counted. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IdempotentResourceTest {

    private static final String OK = "{\"status\":200}";

    private final String key = UUID.randomUUID().toString();
    private final int before = CountingResource.EFFECTS.get();
    RedisProcess server;

    @Test
    @DisplayName("a repeat is answered with the same bytes and marked, whether the key is quoted or bare")
    void shouldReplay() {
        Response first = post(key, OK);
        Response second = post('"' + key + '"', OK);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.header(Idempotent.REPLAYED)).isNull();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.header(Idempotent.REPLAYED)).isEqualTo("true");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    @DisplayName("without a key every request counts")
    void shouldPassWithoutKey() {
        post(null, OK);
        post(null, OK);

        assertThat(effects()).isEqualTo(2);
    }

    @Test
    @DisplayName("another payload under the same key is 422, a problem, and has no effect")
    void shouldRefuseOtherPayload() {
        post(key, OK);
        Response other = post(key, "{\"status\":201}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.contentType()).startsWith("application/problem+json");
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    @DisplayName("a repeat while the first is running is 409 with Retry-After; afterwards it is replayed")
    void shouldRefuseWhileRunning() {
        String slow = "{\"status\":200,\"slowMillis\":1500}";
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> post(key, slow));
        await().until(() -> effects() == 1);

        Response meanwhile = post(key, slow);

        assertThat(meanwhile.statusCode()).isEqualTo(409);
        assertThat(meanwhile.header("Retry-After")).isEqualTo("1");
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(post(key, slow).asString()).isEqualTo(first.join().asString());
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    @DisplayName("a definite refusal is replayed like a success")
    void shouldReplayDefiniteRefusal() {
        String missing = "{\"status\":404}";

        assertThat(post(key, missing).statusCode()).isEqualTo(404);
        Response second = post(key, missing);

        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.header(Idempotent.REPLAYED)).isEqualTo("true");
        assertThat(effects()).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("what was turned down before any effect, and what ended unknown, is not replayed")
    @ValueSource(
            strings = {
                "{\"status\":429}",
                "{\"status\":503}",
                "{\"status\":500}",
                "{\"status\":200,\"provisional\":true}"
            })
    void shouldAskAgain(String order) {
        post(key, order);
        Response second = post(key, order);

        assertThat(second.header(Idempotent.REPLAYED)).isNull();
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    @DisplayName("a request that breaks a rule leaves its key free for the corrected one")
    void shouldNotStoreInvalid() {
        assertThat(post(key, "{\"status\":-1}").statusCode()).isEqualTo(400);

        assertThat(post(key, OK).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "\"", "a\"b"})
    void shouldRefuseMalformedKeys(String malformed) {
        Response refused = post(malformed, OK);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(effects()).isZero();
    }

    @Test
    @DisplayName("while Redis hangs a keyed request is 503 within its deadline and has no effect; others pass")
    void shouldRefuseWithoutRedis() {
        RedisProcess.assumeSignals();
        server.hang();
        try {
            long begin = System.nanoTime();
            Response refused = post(key, OK);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(effects()).isZero();
            assertThat(post(null, OK).statusCode()).isEqualTo(200);
        } finally {
            server.resume();
        }
        await().atMost(Duration.ofSeconds(2))
                .until(() -> post(UUID.randomUUID().toString(), OK).statusCode() == 200);
    }

    @Test
    @DisplayName("OpenAPI tells how long a key is remembered")
    void shouldPublishExpiry() {
        String document = given().header("X-API-Key", "sandbox-operator")
                .get("/q/openapi")
                .asString();

        assertThat(document).contains(Idempotent.HEADER).contains("24 hours");
    }

    private int effects() {
        return CountingResource.EFFECTS.get() - before;
    }

    private static Response post(String key, String body) {
        var request = given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(body);
        return (key == null ? request : request.header(Idempotent.HEADER, key)).post("/test/counting");
    }
}
