package io.incidentbridge.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** A kind of sender: how it signs and how it words its events. */
enum WebhookSource {
    /** ServiceNow, and whoever else sends Standard Webhooks. */
    SERVICENOW(new StandardSignature(), new StandardEvents()),
    PAGERDUTY(new PagerDutySignature(), new PagerDutyEvents()),
    JIRA(new JiraSignature(), new JiraEvents());

    /** For {@code @Path}. */
    static final String PATTERN = "servicenow|pagerduty|jira";

    private final SignatureScheme scheme;
    private final SourceEvents events;

    WebhookSource(SignatureScheme scheme, SourceEvents events) {
        this.scheme = scheme;
        this.events = events;
    }

    /** As in the address, in metrics and in Redis' keys. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WebhookSource ofPath(String path) {
        return Arrays.stream(values())
                .filter(source -> source.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    SignatureScheme scheme() {
        return scheme;
    }

    SourceEvents events() {
        return events;
    }

    Map<String, WebhookConfig.Endpoint> endpoints(WebhookConfig config) {
        return switch (this) {
            case SERVICENOW -> config.servicenow();
            case PAGERDUTY -> config.pagerduty();
            case JIRA -> config.jira();
        };
    }
}
