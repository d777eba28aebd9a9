package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Genesys Cloud's login host as the emergency flow's client uses it. */
@RegisterRestClient(configKey = "genesys-login")
@RegisterProvider(EmergencyLoginAttempt.class)
@RegisterProvider(EmergencyAnswer.class)
interface EmergencyLogin {

    @POST
    @Path("/oauth/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<JsonNode> token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String basic, @FormParam("grant_type") String grantType);
}
