package io.incidentbridge.caller;

import io.incidentbridge.outage.OutageBreaker;
import io.incidentbridge.outage.OutageView;
import io.incidentbridge.redis.RedisUnavailableException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** The page with the caller's tickets, embedded in an agent script; the signed link is the credential. */
@Path("/agent")
@PermitAll
@Tag(name = "Callers")
public class AgentPageResource {

    private final AgentPages pages;
    private final OutageBreaker outages;
    private final String policy;

    AgentPageResource(AgentPages pages, OutageBreaker outages, AgentPageConfig config) {
        this.pages = pages;
        this.outages = outages;
        this.policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
                + String.join(" ", config.frameAncestors());
    }

    @GET
    @Path("/pop")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The caller's card and tickets for the agent")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "403", description = "The link has expired or is not the bridge's, as a page")
    @APIResponse(responseCode = "503", description = "Redis is away, as a page")
    public Uni<RestResponse<String>> pop(
            @Parameter(description = "As agentPageUrl of a lookup has it") @QueryParam("link") @DefaultValue("")
                    String link) {
        return pages.open(link)
                .flatMap(found -> found.map(this::page)
                        .orElseGet(() -> answer(
                                Status.FORBIDDEN,
                                Templates.message(
                                        "This link has expired",
                                        "It opens for a short time after the call has arrived. The next lookup of the caller"
                                                + " brings a new one."))))
                .onFailure(RedisUnavailableException.class)
                .recoverWithUni(() -> answer(
                        Status.SERVICE_UNAVAILABLE,
                        Templates.message(
                                "The caller's tickets cannot be shown now",
                                "Please load this page again in a moment.")));
    }

    private Uni<RestResponse<String>> page(AgentCard card) {
        return outages.view(card.topic()).flatMap(outage -> answer(Status.OK, Templates.pop(card, outage)));
    }

    private Uni<RestResponse<String>> answer(Status status, TemplateInstance page) {
        return page.createUni().map(html -> RestResponse.ResponseBuilder.create(status, html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build());
    }

    /** Checked at build against what they are given. */
    @CheckedTemplate(basePath = "agent")
    static class Templates {

        private Templates() {}

        static native TemplateInstance pop(AgentCard card, OutageView outage);

        static native TemplateInstance message(String title, String text);
    }
}
