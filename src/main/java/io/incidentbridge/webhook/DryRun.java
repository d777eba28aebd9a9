package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.itsm.EmergencyVerdict;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What an event would be taken for, and what the rules make of it. */
@ApplicationScoped
class DryRun {

    private static final String EXAMPLE = "dry-run";

    private final ObjectMapper json;
    private final WebhookConfig config;
    private final IncidentRules rules;

    DryRun(ObjectMapper json, WebhookConfig config, IncidentRules rules) {
        this.json = json;
        this.config = config;
        this.rules = rules;
    }

    Result of(WebhookSource source, String name, byte[] body) {
        WebhookConfig.Endpoint endpoint = source.endpoints(config).get(name);
        if (endpoint == null) {
            return Result.of("UNKNOWN_NAME");
        }
        JsonNode parsed;
        try {
            parsed = json.readTree(body);
        } catch (IOException e) {
            return Result.of("UNREADABLE");
        }
        if (parsed == null || !parsed.isObject()) {
            return Result.of("UNREADABLE");
        }
        Optional<IncidentEvent> event =
                source.events().translate(endpoint.source().orElse(source.path()), EXAMPLE, parsed);
        return event.map(this::result).orElseGet(() -> Result.of("IGNORED"));
    }

    private Result result(IncidentEvent event) {
        EmergencyVerdict verdict = rules.emergency(event);
        return new Result(
                "TRANSLATED",
                event.source(),
                event.key(),
                event.kind().name(),
                event.at().toString(),
                event.title(),
                event.priority(),
                event.service(),
                event.labels(),
                verdict.effect().name(),
                verdict.rule(),
                verdict.group(),
                verdict.incidentType(),
                verdict.queues(),
                verdict.ttl() == null ? 0 : verdict.ttl().toSeconds(),
                rules.outageTopic(event).orElse(""));
    }

    /**
     * Flat, every field always present.
     *
     * @param status     TRANSLATED; IGNORED (no matter of the bridge); UNREADABLE (no JSON object); UNKNOWN_NAME
     * @param emergency  DECLARE, END or NONE, by the rules
     * @param ttlSeconds 0 unless DECLARE
     */
    public record Result(
            String status,
            String source,
            String key,
            String kind,
            String at,
            String title,
            String priority,
            String service,
            List<String> labels,
            String emergency,
            String rule,
            String group,
            String incidentType,
            List<String> queues,
            long ttlSeconds,
            String outageTopic) {

        private static Result of(String status) {
            return new Result(status, "", "", "", "", "", "", "", List.of(), "NONE", "", "", "", List.of(), 0, "");
        }
    }
}
