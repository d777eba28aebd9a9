package io.incidentbridge.redis;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class RedisHealthResourceTest {

    private static final String AVAILABLE = "checks.find { it.name == 'redis' }.data.available";

    @Inject
    RedisCommands redis;

    RedisProcess server;

    @Test
    @DisplayName("readiness tells of an absent Redis and stays up; metrics tell too")
    void shouldStayReady() {
        RedisProcess.assumeSignals();
        await().until(() -> RedisFixture.outcome(redis.send(Command.PING).map(String::valueOf))
                .equals("PONG"));
        ready(true);
        server.hang();
        try {
            RedisFixture.outcome(redis.send(Command.PING).map(String::valueOf));

            ready(false);
            String metrics = given().header("X-API-Key", "sandbox-operator")
                    .get("/q/metrics")
                    .asString();
            assertThat(metrics)
                    .containsPattern("bridge_redis_breaker\\{.*state=\"closed\".*} 0.0")
                    .containsPattern("bridge_redis_command_seconds_count\\{.*outcome=\"timed_out\"");
        } finally {
            server.resume();
        }
        await().atMost(Duration.ofSeconds(2)).until(redis::isAvailable);
    }

    private static void ready(boolean available) {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body(AVAILABLE, is(available));
    }
}
