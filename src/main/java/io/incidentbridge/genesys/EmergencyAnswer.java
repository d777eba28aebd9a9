package io.incidentbridge.genesys;

import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.Clock;

/** As {@link GenesysAnswer}, for the token and the budget of the emergency flow's client. */
@ApplicationScoped
class EmergencyAnswer implements ClientResponseFilter {

    private final GenesysAnswer answer;

    EmergencyAnswer(Clock clock, EmergencyTokens tokens, UpstreamBudget budget) {
        this.answer = new GenesysAnswer(clock, EmergencyConnector.VENDOR, tokens::refused, budget);
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        answer.filter(request, response);
    }
}
