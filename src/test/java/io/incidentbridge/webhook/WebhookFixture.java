package io.incidentbridge.webhook;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Senders as the sandbox configures them, and deliveries as they sign them. */
final class WebhookFixture {

    static final String STANDARD_SECRET = "whsec_c2FuZGJveC1zZXJ2aWNlbm93LXNlY3JldC0zMmI=";
    static final String PAGERDUTY_SECRET = "sandbox-pagerduty-secret";
    static final String JIRA_SECRET = "sandbox-jira-secret";

    private WebhookFixture() {}

    static WebhookConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(WebhookConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(WebhookConfig.class);
    }

    /** Secrets separated by commas. */
    static WebhookVerifier verifier(Instant now, Map<String, String> secrets) {
        Map<String, String> properties = new LinkedHashMap<>();
        secrets.forEach((sender, values) -> properties.put("bridge.webhook." + sender + ".secrets", values));
        WebhookConfig config = config(properties);
        WebhookSecrets loaded = new WebhookSecrets(config);
        loaded.refresh();
        return new WebhookVerifier(loaded, config, Clock.fixed(now, ZoneOffset.UTC));
    }

    static Headers headers(Map<String, String> single) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        single.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new Headers(name -> all.get(name.toLowerCase(Locale.ROOT)));
    }

    static Map<String, String> standard(String secret, String id, long seconds, byte[] body) {
        byte[] key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
        byte[] signature = Hmac.of(key, (id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII), body);
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }

    static Map<String, String> pagerDuty(String secret, byte[] body) {
        return Map.of("X-PagerDuty-Signature", "v1=" + hex(secret, body));
    }

    static Map<String, String> jira(String secret, byte[] body) {
        return Map.of("X-Hub-Signature", "sha256=" + hex(secret, body));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(String secret, byte[] body) {
        return HexFormat.of().formatHex(Hmac.of(bytes(secret), body));
    }
}
