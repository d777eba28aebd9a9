package io.incidentbridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.outbox.DeadLetters;
import io.incidentbridge.outbox.ItemView;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Accepted work: what waits, and what failed for good until an operator corrects, replays or discards it. */
@Path(ConsoleEdge.ROOT + "/outbox")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Rights.OPERATOR)
public class OutboxPage {

    private static final int A_PAGE = 50;
    private static final int LONGEST_BODY = 200_000;

    private final DeadLetters letters;
    private final Panels panels;
    private final ObjectMapper json;
    private final SecurityIdentity identity;

    OutboxPage(DeadLetters letters, Panels panels, ObjectMapper json, SecurityIdentity identity) {
        this.letters = letters;
        this.panels = panels;
        this.json = json;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance letters(
                PanelSet panels, List<ItemView> letters, String kind, String reason, String older);

        static native TemplateInstance letter(PanelSet panels, ItemView item, String body);

        /** @param ids joined by commas, as the next look asks for them; empty when there is none */
        static native TemplateInstance progress(List<ItemView> items, long ended, String ids);
    }

    /**
     * The list, newest first.
     *
     * @param before ended at or before this moment; from the page before
     */
    @GET
    public Uni<TemplateInstance> list(
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("reason") @DefaultValue("") String reason,
            @QueryParam("before") @DefaultValue("") String before) {
        if (!kind.matches("([a-z-]{1,30})?")) {
            throw broken("kind", "must be lower-case letters and hyphens");
        }
        return letters.dead(kind, reason, moment(before), A_PAGE).flatMap(found -> panels.show("outbox")
                .map(shown -> Templates.letters(shown, found, kind, reason, older(found))));
    }

    /** One item with what is to be done. */
    @GET
    @Path("/{id}")
    public Uni<TemplateInstance> show(@PathParam("id") String id) {
        return letters.show(id)
                .flatMap(item -> panels.show("outbox").map(shown -> Templates.letter(shown, item, pretty(item))));
    }

    /** Corrects it; it stays a dead letter. */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<TemplateInstance> correct(@PathParam("id") String id, @FormParam("body") @DefaultValue("") String body) {
        return letters.edit(id, parse(body), actor())
                .map(item -> Notice.done("Corrected. It is a dead letter until you replay it."));
    }

    /** Does one again, and shows how that goes. */
    @POST
    @Path("/{id}/replay")
    public Uni<TemplateInstance> replay(@PathParam("id") String id) {
        return letters.replayOne(id, actor()).flatMap(item -> look(List.of(item.id())));
    }

    /** Does many again, and shows how that goes. */
    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<TemplateInstance> replayMany(@FormParam("id") List<String> ids) {
        if (ids.isEmpty() || ids.size() > A_PAGE) {
            throw broken("id", "choose 1 to " + A_PAGE + " dead letters");
        }
        return letters.replay(ids, actor()).flatMap(count -> look(ids));
    }

    /** How replayed items stand. */
    @GET
    @Path("/progress")
    public Uni<TemplateInstance> progress(@QueryParam("ids") @DefaultValue("") String ids) {
        List<String> asked = List.of(ids.split(","));
        if (asked.size() > A_PAGE) {
            throw broken("ids", "must be at most " + A_PAGE);
        }
        return look(asked);
    }

    /** Decides that it will not be done. */
    @POST
    @Path("/{id}/discard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<String>> discard(
            @PathParam("id") String id,
            @FormParam("reason") @NotBlank(message = "must say why") @Size(max = 500) String reason) {
        return letters.discard(id, reason, actor())
                .flatMap(item -> Notice.done("Discarded.").createUni())
                .map(html -> ResponseBuilder.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .build());
    }

    private Uni<TemplateInstance> look(List<String> ids) {
        return letters.states(ids).map(items -> {
            long ended = items.stream().filter(ItemView::hasEnded).count();
            return Templates.progress(items, ended, ended == items.size() ? "" : String.join(",", ids));
        });
    }

    private JsonNode parse(String body) {
        try {
            if (body.length() <= LONGEST_BODY) {
                return json.readTree(body);
            }
        } catch (JsonProcessingException e) {
            throw broken("body", "is no JSON: line " + e.getLocation().getLineNr());
        }
        throw broken("body", "is too long");
    }

    private String pretty(ItemView item) {
        return item.body() == null ? "" : item.body().toPrettyString();
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }

    private static String older(List<ItemView> found) {
        return found.size() < A_PAGE ? "" : found.get(found.size() - 1).endedAt();
    }

    private static Instant moment(String before) {
        try {
            Instant at = before.isEmpty() ? DeadLetters.LATEST : Instant.parse(before);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(DeadLetters.LATEST)) {
                throw broken("before", "must be a moment of 1970 to 9999");
            }
            return at;
        } catch (DateTimeException e) {
            throw broken("before", "must be a moment, as the page before names it");
        }
    }

    private static ProblemException broken(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "A parameter breaks a rule; see errors.",
                List.of(new FieldError(null, field, "value", rule)));
    }
}
