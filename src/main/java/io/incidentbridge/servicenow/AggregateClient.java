package io.incidentbridge.servicenow;

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

/** ServiceNow's Aggregate API: counts without records. Attempts as for {@link ServiceNowClient}. */
@RegisterRestClient(configKey = "servicenow")
@RegisterProvider(ServiceNowAttempt.class)
@RegisterProvider(ServiceNowAnswer.class)
@Path("/api/now/stats/{table}")
@Produces(MediaType.APPLICATION_JSON)
interface AggregateClient {

    @GET
    Uni<JsonNode> count(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("table") String table,
            @QueryParam("sysparm_query") String query,
            @QueryParam("sysparm_group_by") String groupBy,
            @QueryParam("sysparm_count") boolean count);
}
