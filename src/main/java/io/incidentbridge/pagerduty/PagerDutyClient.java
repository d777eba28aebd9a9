package io.incidentbridge.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** PagerDuty's REST API v2; each call is one attempt. */
@RegisterRestClient(configKey = "pagerduty")
@RegisterProvider(PagerDutyAttempt.class)
@RegisterProvider(PagerDutyAnswer.class)
interface PagerDutyClient {

    @GET
    @Path("/incidents/{id}")
    @Produces({"application/vnd.pagerduty+json;version=2", "application/json"})
    Uni<JsonNode> incident(@HeaderParam(BudgetRequest.HEADER) String budget, @PathParam("id") String id);
}
