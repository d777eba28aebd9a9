package io.incidentbridge.webhook;

import io.incidentbridge.security.KeyFiles;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Looks for senders that anybody could imitate, or that can never prove themselves. */
@ApplicationScoped
class WebhookCheck implements StartupCheck {

    private static final int SHORTEST = 16;
    private static final List<String> SANDBOX = List.of(
            "whsec_c2FuZGJveC1zZXJ2aWNlbm93LXNlY3JldC0zMmI=", "sandbox-pagerduty-secret", "sandbox-jira-secret");

    private final WebhookConfig config;

    WebhookCheck(WebhookConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        Stream<Finding> senders = Arrays.stream(WebhookSource.values())
                .flatMap(source -> source.endpoints(config).entrySet().stream()
                        .flatMap(endpoint -> endpoint(source, endpoint.getKey(), endpoint.getValue())));
        return config.claim().compareTo(config.applyWithin()) > 0
                ? senders
                : Stream.concat(
                        senders,
                        Stream.of(Finding.unsafe(
                                "bridge.webhook.claim",
                                "is not above bridge.webhook.apply-within, so deliveries are applied twice",
                                "raise it")));
    }

    private static Stream<Finding> endpoint(WebhookSource source, String name, WebhookConfig.Endpoint endpoint) {
        String key = "bridge.webhook." + source.path() + "." + name;
        List<String> secrets = WebhookSecrets.secrets(endpoint, new KeyFiles()).toList();
        if (secrets.isEmpty()) {
            return Stream.of(
                    Finding.unsafe(key, "has no secret, so every delivery is refused", "set " + key + ".secret-files"));
        }
        return secrets.stream()
                .map(secret -> problem(source, secret))
                .filter(problem -> !problem.isEmpty())
                .distinct()
                .map(problem -> Finding.unsafe(key, "holds a secret that " + problem, "set the sender's own secret"));
    }

    private static String problem(WebhookSource source, String secret) {
        if (SANDBOX.contains(secret)) {
            return "is the sandbox's, which everybody knows";
        }
        try {
            return source.scheme().key(secret).length < SHORTEST ? "is shorter than 16 bytes" : "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
