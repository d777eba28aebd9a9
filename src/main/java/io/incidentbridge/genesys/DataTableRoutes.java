package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;

/** Rows of Genesys' data tables, for each of the bridge's OAuth clients; each call is one attempt. */
interface DataTableRoutes {

    /** With {@code showbrief} true, which is Genesys' default, the row's key alone. */
    @GET
    @Path("/flows/datatables/{tableId}/rows/{key}")
    Uni<JsonNode> row(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("tableId") String tableId,
            @PathParam("key") String key,
            @QueryParam("showbrief") boolean brief);

    /** No upsert: NOT_FOUND when there is no row with that key. */
    @PUT
    @Path("/flows/datatables/{tableId}/rows/{key}")
    Uni<JsonNode> replaceRow(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("tableId") String tableId,
            @PathParam("key") String key,
            Map<String, Object> row);

    /** CONFLICT when there is a row with that key. */
    @POST
    @Path("/flows/datatables/{tableId}/rows")
    Uni<JsonNode> insertRow(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @PathParam("tableId") String tableId,
            Map<String, Object> row);
}
