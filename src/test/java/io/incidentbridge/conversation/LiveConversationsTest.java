package io.incidentbridge.conversation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class LiveConversationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    LiveConversations conversations;

    @Inject
    RedisCommands redis;

    @Inject
    KeyedHash hash;

    @Test
    void shouldKnowTheConversationsOfAFoundCallerNewestFirst() {
        String sysId = lookup("first-" + UUID.randomUUID());
        String newest = "second-" + UUID.randomUUID();
        await().ignoreExceptions().until(() -> !of(sysId).isEmpty());

        lookup(newest);

        await().ignoreExceptions().until(() -> of(sysId).get(0), newest::equals);
    }

    @Test
    void shouldKeepTheLastTen() {
        String user = UUID.randomUUID().toString();
        for (int i = 0; i < 12; i++) {
            conversations.arrived(user, "call-" + i).await().atMost(PATIENCE);
        }

        assertThat(of(user)).hasSize(10).contains("call-11").doesNotContain("call-0", "call-1");
    }

    @Test
    void shouldKnowWhoWasNotedLastAsAConversationsCaller() {
        String conversation = UUID.randomUUID().toString();

        conversations.noteCaller("user-1", conversation);
        conversations.noteCaller("user-2", conversation);

        assertThat(callerOf(conversation)).isEqualTo("user-2");
    }

    @Test
    void shouldKnowNoCallerOfAConversationThatWasNotNoted() {
        assertThat(callerOf(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void shouldKnowNoCallerOfAConversationThatWasForgotten() {
        String conversation = UUID.randomUUID().toString();
        conversations.noteCaller("user-1", conversation);

        conversations.forgetCaller(conversation);

        assertThat(callerOf(conversation)).isEmpty();
    }

    @Test
    void shouldKeepACallerForTwoDaysFromWhenAskedLast() {
        String conversation = UUID.randomUUID().toString();
        String key = "ib:{call:" + hash.hash("conversation", conversation) + "}";
        conversations.noteCaller("user-1", conversation);
        redis.send(Command.PEXPIRE, key, "60000").await().atMost(PATIENCE);

        callerOf(conversation);

        Duration left = Duration.ofMillis(
                redis.send(Command.PTTL, key).await().atMost(PATIENCE).toLong());
        assertThat(left).isBetween(Duration.ofHours(47), Duration.ofHours(48));
    }

    private String callerOf(String conversation) {
        return conversations.callerOf(conversation).await().atMost(PATIENCE);
    }

    private List<String> of(String userSysId) {
        return conversations.of(userSysId).await().atMost(PATIENCE);
    }

    private static String lookup(String conversationId) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body("{\"ani\":\"+14155550123\",\"conversationId\":\"" + conversationId + "\"}")
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200)
                .extract()
                .path("sysId");
    }
}
