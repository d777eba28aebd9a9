package io.incidentbridge.webhook;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.incidentbridge.webhook.Inbox.Parked;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operators' view of accepted webhooks: what waits, what is parked, and what an event would do. */
@Path("/v1/ops/inbox")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operations")
public class InboxResource {

    private static final String SOURCE = "{source: " + WebhookSource.PATTERN + "}";
    private static final String ID = "[0-9]{1,20}-[0-9]{1,20}";
    private static final String FIRST = "-";
    /** More than that takes further calls. */
    private static final int MOST_AT_ONCE = 500;

    private final Inbox inbox;
    private final InboxWorker worker;
    private final DryRun dryRun;
    private final AuditTrail audit;
    private final SecurityIdentity identity;

    InboxResource(Inbox inbox, InboxWorker worker, DryRun dryRun, AuditTrail audit, SecurityIdentity identity) {
        this.inbox = inbox;
        this.worker = worker;
        this.dryRun = dryRun;
        this.audit = audit;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "How many webhooks wait, and how many are parked")
    public Uni<Overview> overview() {
        return Uni.join()
                .all(Arrays.stream(WebhookSource.values())
                        .map(source -> inbox.depth(source)
                                .map(depth -> new SourceDepth(source.path(), depth.backlog(), depth.parked())))
                        .toList())
                .andFailFast()
                .map(Overview::new);
    }

    @GET
    @Path("/" + SOURCE + "/parked")
    @Operation(summary = "Webhooks that could not be applied, oldest first, with their bodies")
    public Uni<ParkedList> parked(
            @PathParam("source") String source, @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit) {
        return inbox.parked(WebhookSource.ofPath(source), FIRST, limit)
                .map(entries ->
                        new ParkedList(entries.stream().map(ParkedEntry::of).toList()));
    }

    @POST
    @Path("/" + SOURCE + "/parked/{id}/replay")
    @Operation(summary = "Apply a parked webhook again")
    public Uni<Outcome> replay(@PathParam("source") String path, @PathParam("id") @Pattern(regexp = ID) String id) {
        WebhookSource source = WebhookSource.ofPath(path);
        return inbox.replay(source, id)
                .call(found -> found
                        ? recorded("inbox.replayed", path, id)
                        : Uni.createFrom().voidItem())
                .map(found -> {
                    worker.wake(source);
                    return outcome(found, "REPLAYED");
                });
    }

    @POST
    @Path("/" + SOURCE + "/replay")
    @Operation(summary = "Apply all parked webhooks again, 500 in one call, oldest first")
    public Uni<Outcome> replayAll(@PathParam("source") String path) {
        WebhookSource source = WebhookSource.ofPath(path);
        return inbox.parked(source, FIRST, MOST_AT_ONCE)
                .onItem()
                .transformToMulti(parked -> Multi.createFrom().iterable(parked))
                .onItem()
                .transformToUniAndConcatenate(parked -> inbox.replay(source, parked.id()))
                .filter(found -> found)
                .collect()
                .asList()
                .map(List::size)
                .call(count -> count > 0
                        ? recorded("inbox.replayed", path, count + " entries")
                        : Uni.createFrom().voidItem())
                .map(count -> {
                    worker.wake(source);
                    return new Outcome("REPLAYED", count);
                });
    }

    @DELETE
    @Path("/" + SOURCE + "/parked/{id}")
    @Operation(summary = "Give up a parked webhook")
    public Uni<Outcome> discard(@PathParam("source") String path, @PathParam("id") @Pattern(regexp = ID) String id) {
        return inbox.discard(WebhookSource.ofPath(path), id)
                .call(found -> found
                        ? recorded("inbox.discarded", path, id)
                        : Uni.createFrom().voidItem())
                .map(found -> outcome(found, "DISCARDED"));
    }

    @POST
    @Path("/" + SOURCE + "/{name}/dry-run")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say what a webhook would do, without a signature and without doing it",
            description = "The body as its sender would send it.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Object.class)))
    public DryRun.Result dryRun(@PathParam("source") String source, @PathParam("name") String name, byte[] body) {
        return dryRun.of(WebhookSource.ofPath(source), name, body == null ? new byte[0] : body);
    }

    private Uni<Void> recorded(String action, String source, String what) {
        AuditTrail.Entry entry = new AuditTrail.Entry(
                identity.getPrincipal().getName(), action, "inbox/" + source + "/" + what, Map.of(), Map.of(), "");
        return audit.tell(entry);
    }

    private static Outcome outcome(boolean found, String done) {
        if (!found) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such parked webhook.");
        }
        return new Outcome(done, 1);
    }

    /** All sources. */
    public record Overview(List<SourceDepth> sources) {}

    /** One source: accepted and not applied yet; given up. */
    public record SourceDepth(String source, int backlog, int parked) {}

    /** Oldest first. */
    public record ParkedList(List<ParkedEntry> entries) {}

    /** What could not be applied. Times are UTC; the reason names kinds of failures. */
    public record ParkedEntry(
            String id,
            String name,
            String eventId,
            String acceptedAt,
            String parkedAt,
            int attempts,
            String reason,
            String body) {

        private static ParkedEntry of(Parked parked) {
            return new ParkedEntry(
                    parked.id(),
                    parked.name(),
                    parked.eventId(),
                    Instant.ofEpochMilli(parked.acceptedMillis()).toString(),
                    Instant.ofEpochMilli(parked.parkedMillis()).toString(),
                    parked.attempts(),
                    parked.reason(),
                    parked.body());
        }
    }

    /** REPLAYED or DISCARDED, and how many. */
    public record Outcome(String status, int count) {}
}
