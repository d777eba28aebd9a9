package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the emergency flow's OAuth client does at Genesys; each call is one attempt. */
@RegisterRestClient(configKey = "genesys-emergency")
@RegisterProvider(EmergencyAttempt.class)
@RegisterProvider(EmergencyAnswer.class)
@Path("/api/v2")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface EmergencyClient extends DataTableRoutes {

    @GET
    @Path("/tokens/me")
    Uni<JsonNode> tokenInfo(@HeaderParam(BudgetRequest.HEADER) String budget);

    /** The endpoint of the requirement; the published API has no such thing. */
    @GET
    @Path("/telephony/emergencyrouting")
    Uni<JsonNode> routing(@HeaderParam(BudgetRequest.HEADER) String budget);

    @POST
    @Path("/telephony/emergencyrouting")
    Uni<JsonNode> setRouting(@HeaderParam(BudgetRequest.HEADER) String budget, JsonNode routing);

    @GET
    @Path("/architect/emergencygroups/{groupId}")
    Uni<JsonNode> group(@HeaderParam(BudgetRequest.HEADER) String budget, @PathParam("groupId") String groupId);

    /** Overwrites: what the document does not name is gone, call flows included. */
    @PUT
    @Path("/architect/emergencygroups/{groupId}")
    Uni<JsonNode> replaceGroup(
            @HeaderParam(BudgetRequest.HEADER) String budget, @PathParam("groupId") String groupId, JsonNode group);

    @POST
    @Path("/analytics/queues/observations/query")
    Uni<JsonNode> observations(@HeaderParam(BudgetRequest.HEADER) String budget, JsonNode query);

    @POST
    @Path("/integrations/actions/{actionId}/execute")
    Uni<JsonNode> execute(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("actionId") String actionId,
            Map<String, Object> input);
}
