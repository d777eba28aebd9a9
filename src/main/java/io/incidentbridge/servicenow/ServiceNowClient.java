package io.incidentbridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * ServiceNow's Table API, raw values only: UTC times, references as bare ids, no counting, no paging headers. Each call is
 * one attempt: {@link ServiceNowAttempt} authorises it, {@link ServiceNowAnswer} refuses answers that are none.
 */
@RegisterRestClient(configKey = "servicenow")
@RegisterProvider(ServiceNowAttempt.class)
@RegisterProvider(ServiceNowAnswer.class)
@Path("/api/now/table/{table}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface ServiceNowClient {

    String RAW = "false";

    /** @param query as {@link EncodedQuery#encoded} makes it; last, as what followed it would not be encoded either */
    @GET
    Uni<JsonNode> list(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("table") String table,
            @QueryParam("sysparm_fields") String fields,
            @QueryParam("sysparm_limit") int limit,
            @QueryParam("sysparm_display_value") String displayValue,
            @QueryParam("sysparm_exclude_reference_link") boolean excludeLinks,
            @QueryParam("sysparm_no_count") boolean noCount,
            @QueryParam("sysparm_suppress_pagination_header") boolean noPaging,
            @Encoded @QueryParam("sysparm_query") String query);

    @POST
    Uni<JsonNode> create(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("table") String table,
            @QueryParam("sysparm_fields") String fields,
            @QueryParam("sysparm_exclude_reference_link") boolean excludeLinks,
            Map<String, String> values);

    @PATCH
    @Path("/{sysId}")
    Uni<JsonNode> update(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("table") String table,
            @PathParam("sysId") String sysId,
            @QueryParam("sysparm_fields") String fields,
            @QueryParam("sysparm_exclude_reference_link") boolean excludeLinks,
            Map<String, String> values);
}
