package io.incidentbridge.webhook;

import io.incidentbridge.itsm.IncidentRulesConfig;
import io.incidentbridge.security.KeyFiles;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks for senders that anybody could imitate, or that can never prove themselves. */
@ApplicationScoped
class WebhookCheck implements StartupCheck {

    private static final int SHORTEST = 16;
    private static final List<String> SANDBOX = List.of(
            "whsec_c2FuZGJveC1zZXJ2aWNlbm93LXNlY3JldC0zMmI=", "sandbox-pagerduty-secret", "sandbox-jira-secret");

    private final WebhookConfig config;
    private final IncidentRulesConfig rules;

    WebhookCheck(WebhookConfig config, IncidentRulesConfig rules) {
        this.config = config;
        this.rules = rules;
    }

    @Override
    public Stream<Finding> check() {
        Stream<Finding> senders = Stream.concat(
                sites(),
                Arrays.stream(WebhookSource.values()).flatMap(source -> source.endpoints(config).entrySet().stream()
                        .flatMap(endpoint -> endpoint(source, endpoint.getKey(), endpoint.getValue()))));
        return config.claim().compareTo(config.applyWithin()) > 0
                ? senders
                : Stream.concat(
                        senders,
                        Stream.of(Finding.unsafe(
                                "bridge.webhook.claim",
                                "is not above bridge.webhook.apply-within, so deliveries are applied twice",
                                "raise it")));
    }

    /** Of two sites with a project of the same key, one would end the other's emergencies. */
    private Stream<Finding> sites() {
        Map<String, String> named = new TreeMap<>();
        return new TreeMap<>(config.jira()).entrySet().stream().flatMap(endpoint -> {
            String source = endpoint.getValue().source().orElse(WebhookSource.JIRA.path());
            String other = named.putIfAbsent(source, endpoint.getKey());
            String key = "bridge.webhook.jira." + endpoint.getKey() + ".source";
            return other == null || !mayDeclare(source)
                    ? Stream.empty()
                    : Stream.of(Finding.questionable(
                            key,
                            "is that of " + other + " too, so issues of one key on two sites are one emergency",
                            "if it is another site, name a source of its own, also in the rules' sources"));
        });
    }

    private boolean mayDeclare(String source) {
        return rules.emergencies().values().stream()
                .map(rule -> rule.when().sources())
                .anyMatch(sources -> sources.isEmpty()
                        || sources.get().stream()
                                .anyMatch(wanted -> wanted.endsWith("*") || wanted.equalsIgnoreCase(source)));
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
