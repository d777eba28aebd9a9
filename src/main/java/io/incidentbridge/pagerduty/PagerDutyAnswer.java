package io.incidentbridge.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.VendorAnswer;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The credential is a key that does not end: one that is refused has to be replaced by an operator. */
@Singleton
class PagerDutyAnswer extends VendorAnswer {

    PagerDutyAnswer(Clock clock, UpstreamBudget budget) {
        super(PagerDutyConnector.VENDOR, clock, budget, refused -> {});
    }

    @Override
    protected String words(JsonNode error) {
        return error.path("error").path("message").asText("");
    }
}
