package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.WritesFixture;
import io.vertx.mutiny.redis.client.Command;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whoever has captured a delivery plays it again, whenever, with whatever in the headers that nobody has signed. */
class WebhookReplayRedisTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2030-01-31T09:00:00Z");
    private static final Map<String, String> SECRETS = Map.of(
            "bridge.webhook.servicenow.sandbox.secrets", WebhookFixture.STANDARD_SECRET,
            "bridge.webhook.pagerduty.sandbox.secrets", WebhookFixture.PAGERDUTY_SECRET,
            "bridge.webhook.jira.sandbox.secrets", WebhookFixture.JIRA_SECRET);
    private static final WebhookConfig CONFIG = WebhookFixture.config(SECRETS);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As {@link Inbox} keeps what it recognises a repeated delivery by. */
    private static final Duration REMEMBERED = CONFIG.oldest().plusDays(1);

    private static RedisProcess server;
    private static RedisFixture redis;

    @BeforeContainer
    static void start() {
        server = RedisProcess.start();
        redis = RedisFixture.standalone(server, Map.of("bridge.redis.deadline", "5s"))
                .connected();
    }

    @AfterContainer
    static void stop() {
        redis.close();
        server.close();
    }

    @Property(tries = 150)
    void shouldNeverTakeACapturedDeliveryAgain(
            @ForAll WebhookSource source,
            @ForAll @IntRange(max = 14 * 24 * 60) int minutesLater,
            @ForAll boolean withOtherIdentifiers) {
        byte[] body = event(source);
        Map<String, String> headers = signed(source, body);
        assertThat(deliver(source, headers, body, NOW)).isEqualTo("ACCEPTED");

        Duration later = Duration.ofMinutes(minutesLater);
        if (later.compareTo(REMEMBERED) >= 0) {
            redis.call(Command.FLUSHALL);
        }
        if (withOtherIdentifiers) {
            headers.put("X-Webhook-Id", UUID.randomUUID().toString());
            headers.put("X-Atlassian-Webhook-Identifier", UUID.randomUUID().toString());
        }

        assertThat(deliver(source, headers, body, NOW.plus(later))).isIn("REFUSED", "DUPLICATE", "STALE");
    }

    private static String deliver(WebhookSource source, Map<String, String> headers, byte[] body, Instant at) {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        WebhookSecrets secrets = new WebhookSecrets(CONFIG);
        secrets.refresh();
        Headers given = WebhookFixture.headers(headers);
        if (!new WebhookVerifier(secrets, CONFIG, clock).verify(source, "sandbox", given, body)) {
            return "REFUSED";
        }
        Inbox inbox = new Inbox(redis.commands(), WritesFixture.of(redis), CONFIG);
        InboxWorker worker = new InboxWorker(inbox, List.of(), JSON, CONFIG, clock, TestMetrics.webhook());
        return new Reception(inbox, worker, JSON, CONFIG, clock)
                .receive(source, "sandbox", given, body)
                .await()
                .atMost(LONG)
                .name();
    }

    private static byte[] event(WebhookSource source) {
        String id = UUID.randomUUID().toString();
        return WebhookFixture.bytes(
                switch (source) {
                    case SERVICENOW ->
                        "{\"type\":\"incident.updated\",\"timestamp\":\"%s\",\"data\":{\"sys_id\":\"%s\"}}"
                                .formatted(NOW, id);
                    case PAGERDUTY ->
                        "{\"event\":{\"id\":\"%s\",\"event_type\":\"incident.triggered\",\"occurred_at\":\"%s\"}}"
                                .formatted(id, NOW);
                    case JIRA ->
                        "{\"timestamp\":%d,\"webhookEvent\":\"jira:issue_updated\",\"issue\":{\"id\":\"%s\"}}"
                                .formatted(NOW.toEpochMilli(), id);
                });
    }

    private static Map<String, String> signed(WebhookSource source, byte[] body) {
        return new HashMap<>(
                switch (source) {
                    case SERVICENOW ->
                        WebhookFixture.standard(
                                WebhookFixture.STANDARD_SECRET,
                                UUID.randomUUID().toString(),
                                NOW.getEpochSecond(),
                                body);
                    case PAGERDUTY -> WebhookFixture.pagerDuty(WebhookFixture.PAGERDUTY_SECRET, body);
                    case JIRA -> WebhookFixture.jira(WebhookFixture.JIRA_SECRET, body);
                });
    }
}
