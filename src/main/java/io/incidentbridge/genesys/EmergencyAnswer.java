package io.incidentbridge.genesys;

import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientResponseContext;
import java.time.Clock;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/** As {@link GenesysAnswer}, for the token and the budget of the emergency flow's client. */
@ApplicationScoped
class EmergencyAnswer implements ResteasyReactiveClientResponseFilter {

    private final GenesysAnswer answer;

    EmergencyAnswer(Clock clock, EmergencyTokens tokens, UpstreamBudget budget) {
        this.answer = new GenesysAnswer(clock, EmergencyConnector.VENDOR, tokens::refused, budget);
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        answer.filter(request, response);
    }
}
