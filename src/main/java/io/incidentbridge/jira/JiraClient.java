package io.incidentbridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Jira Cloud's REST API v3; each call is one attempt. */
@RegisterRestClient(configKey = "jira")
@RegisterProvider(JiraAttempt.class)
@RegisterProvider(JiraAnswer.class)
@Produces(MediaType.APPLICATION_JSON)
interface JiraClient {

    @GET
    @Path("/rest/api/3/issue/{key}")
    Uni<JsonNode> issue(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("key") String key,
            @QueryParam("fields") String fields);
}
