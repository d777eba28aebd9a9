package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of Genesys Cloud's Platform API that the bridge uses; each call is one attempt. */
@RegisterRestClient(configKey = "genesys")
@RegisterProvider(GenesysAttempt.class)
@RegisterProvider(GenesysAnswer.class)
@Path("/api/v2")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface GenesysClient extends DataTableRoutes {

    @GET
    @Path("/tokens/me")
    Uni<JsonNode> tokenInfo(@HeaderParam(BudgetRequest.HEADER) String budget);

    @GET
    @Path("/conversations/{conversationId}")
    Uni<JsonNode> conversation(
            @HeaderParam(BudgetRequest.HEADER) String budget, @PathParam("conversationId") String conversationId);

    /** Answers 202 without a body. */
    @PATCH
    @Path("/conversations/{conversationId}/participants/{participantId}/attributes")
    Uni<Void> setAttributes(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("conversationId") String conversationId,
            @PathParam("participantId") String participantId,
            Attributes attributes);

    /** Only while the conversation waits in a queue; one point is worth a minute of waiting. */
    @PATCH
    @Path("/routing/conversations/{conversationId}")
    Uni<JsonNode> setPriority(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("conversationId") String conversationId,
            Priority priority);

    /** Wire form of participant attributes. */
    record Attributes(Map<String, String> attributes) {}

    /** Wire form of a queue priority. */
    record Priority(int priority) {}
}
