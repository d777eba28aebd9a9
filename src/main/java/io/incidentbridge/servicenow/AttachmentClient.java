package io.incidentbridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** ServiceNow's Attachment API; each call is one attempt, authorised and checked as those of {@link ServiceNowClient}. */
@RegisterRestClient(configKey = "servicenow")
@RegisterProvider(ServiceNowAttempt.class)
@RegisterProvider(ServiceNowAnswer.class)
@Path("/api/now/attachment")
@Produces(MediaType.APPLICATION_JSON)
interface AttachmentClient {

    @POST
    @Path("/file")
    @Consumes("text/csv")
    Uni<JsonNode> add(
            @HeaderParam(BudgetRequest.HEADER) String budget,
            @QueryParam("table_name") String table,
            @QueryParam("table_sys_id") String sysId,
            @QueryParam("file_name") String fileName,
            String content);
}
