package io.incidentbridge.jira;

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

/** Jira in the flows' words; every failure is a {@link ConnectorException}. */
@ApplicationScoped
public class JiraConnector implements IncidentSource {

    public static final String VENDOR = "jira";

    /** Longest wait for room in the budget: well within the timeout of a read. */
    private static final Duration ROOM = Duration.ofMillis(1500);

    private final JiraApi api;
    private final JiraCredentials credentials;

    JiraConnector(JiraApi api, JiraCredentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return VENDOR;
    }

    @Override
    public Uni<Status> status(String key) {
        if (credentials.authorization().isEmpty() || !key.matches("[A-Z][A-Z0-9_]{0,80}-[0-9]{1,15}")) {
            return Uni.createFrom().item(Status.UNKNOWN);
        }
        return api.issue(BudgetRequest.within(Lane.EMERGENCY, ROOM), key)
                .map(issue -> status(issue, key))
                .onFailure()
                .transform(thrown -> Failures.of(VENDOR, thrown))
                .onFailure(JiraConnector::isHidden)
                .recoverWithItem(Status.UNKNOWN);
    }

    /** By category, as names are the site's own. A moved issue answers under its new key, which is another project's. */
    private static Status status(JsonNode issue, String key) {
        if (!issue.path("key").asText().equals(key)) {
            return Status.UNKNOWN;
        }
        String category = issue.path("fields")
                .path("status")
                .path("statusCategory")
                .path("key")
                .asText();
        return switch (category) {
            case "done" -> Status.RESOLVED;
            case "new", "indeterminate" -> Status.OPEN;
            default -> Status.UNKNOWN;
        };
    }

    private static boolean isHidden(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.NOT_FOUND;
    }
}
