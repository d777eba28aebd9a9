package io.incidentbridge.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** PagerDuty in the flows' words; every failure is a {@link ConnectorException}. */
@ApplicationScoped
public class PagerDutyConnector implements IncidentSource {

    public static final String VENDOR = "pagerduty";

    /** Longest wait for room in the budget: well within the timeout of a read. */
    private static final Duration ROOM = Duration.ofMillis(1500);

    private final PagerDutyApi api;
    private final PagerDutyCredentials credentials;

    PagerDutyConnector(PagerDutyApi api, PagerDutyCredentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return VENDOR;
    }

    @Override
    public Uni<Status> status(String key) {
        if (credentials.authorization().isEmpty() || !key.matches("[A-Za-z0-9]{1,40}")) {
            return Uni.createFrom().item(Status.UNKNOWN);
        }
        return api.incident(BudgetRequest.within(Lane.EMERGENCY, ROOM), key)
                .map(answer -> status(answer.path("incident"), key))
                .onFailure()
                .transform(thrown -> Failures.of(VENDOR, thrown))
                .onFailure(PagerDutyConnector::isHidden)
                .recoverWithItem(Status.UNKNOWN);
    }

    /** Incidents merged into another one are resolved there, too. */
    private static Status status(JsonNode incident, String key) {
        if (!incident.path("id").asText().equals(key)) {
            return Status.UNKNOWN;
        }
        return switch (incident.path("status").asText()) {
            case "resolved" -> Status.RESOLVED;
            case "triggered", "acknowledged" -> Status.OPEN;
            default -> Status.UNKNOWN;
        };
    }

    private static boolean isHidden(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.NOT_FOUND;
    }
}
