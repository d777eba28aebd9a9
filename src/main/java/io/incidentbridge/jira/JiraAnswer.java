package io.incidentbridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.VendorAnswer;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The credential is a key that does not end: one that is refused has to be replaced by an operator. */
@Singleton
class JiraAnswer extends VendorAnswer {

    JiraAnswer(Clock clock, UpstreamBudget budget) {
        super(JiraConnector.VENDOR, clock, budget, refused -> {});
    }

    @Override
    protected String words(JsonNode error) {
        return error.path("errorMessages").path(0).asText("");
    }
}
