package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operators see every topic, and open, end, hold and release catastrophe mode by hand. The topic {@code global} is all. */
@Path("/v1/ops/outages")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: outages")
public class OutageOpsResource {

    private final OutageStates states;
    private final OutageStore store;
    private final OutageOperation operation;
    private final OutagePolicy policy;
    private final Topics topics;
    private final SecurityIdentity identity;
    private final Clock clock;

    OutageOpsResource(
            OutageStates states,
            OutageStore store,
            OutageOperation operation,
            OutageConfig config,
            Topics topics,
            SecurityIdentity identity,
            Clock clock) {
        this.states = states;
        this.store = store;
        this.operation = operation;
        this.policy = new OutagePolicy(config);
        this.topics = topics;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Every topic that is open, held, or has had calls lately, with its numbers")
    public Uni<TopicList> list() {
        return states.look()
                .map(seen -> new TopicList(seen.sights().stream()
                        .map(sight -> TopicStatus.of(sight, policy))
                        .toList()));
    }

    @GET
    @Path("/history")
    @Operation(summary = "What changed, newest first")
    public Uni<History> history(@Size(max = 100) @QueryParam("topic") String topic) {
        return store.history()
                .map(all -> new History(
                        topic == null || topic.isBlank()
                                ? all
                                : all.stream()
                                        .filter(one -> one.topic().equals(topics.named(topic)))
                                        .toList()));
    }

    @POST
    @Path("/{topic}/trip")
    @Operation(
            summary = "Open a topic now",
            description = "Without until it ends by itself as any outage; with until it stays open until then.")
    public Uni<TopicStatus> trip(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        Instant until = future(request.until());
        return change(topic, request.reason(), (state, now) -> policy.onTrip(state, why(request.reason()), until, now));
    }

    @POST
    @Path("/{topic}/reset")
    @Operation(summary = "End an outage now, and whatever is held")
    public Uni<TopicStatus> reset(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        if (request.until() != null) {
            throw wrong("until", "must be absent: a reset has no end");
        }
        return change(topic, request.reason(), (state, now) -> policy.onReset(state, why(request.reason()), now));
    }

    @POST
    @Path("/{topic}/force")
    @Operation(
            summary = "Keep a topic open or closed whatever the signals say",
            description = "Until it is released or reset or, where given, until a moment.")
    public Uni<TopicStatus> force(@PathParam("topic") String topic, @NotNull @Valid Force request) {
        Instant until = future(request.until());
        Mode mode = request.open() ? Mode.OPEN : Mode.CLOSED;
        return change(
                topic,
                request.reason(),
                (state, now) -> policy.onForce(state, mode, why(request.reason()), until, now));
    }

    @POST
    @Path("/{topic}/release")
    @Operation(summary = "Leave a topic to the signals again")
    public Uni<TopicStatus> release(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        if (request.until() != null) {
            throw wrong("until", "must be absent: a release has no end");
        }
        return change(topic, request.reason(), (state, now) -> policy.onRelease(state));
    }

    private Uni<TopicStatus> change(String raw, String reason, OutageOperation.Step step) {
        String topic = topics.named(raw);
        if (topic.isEmpty() || raw.length() > 100) {
            throw wrong("topic", "must have a letter or a digit, and at most 100 characters");
        }
        return operation.change(topic, why(reason), step).map(TopicStatus::of);
    }

    private Why why(String reason) {
        return Why.operator(identity.getPrincipal().getName(), reason);
    }

    private Instant future(Instant until) {
        if (until != null && !until.isAfter(clock.instant())) {
            throw wrong("until", "must be in the future");
        }
        return until;
    }

    private static ProblemException wrong(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "The request breaks a rule; see errors.",
                List.of(new FieldError("/" + field, field, "value", rule)));
    }

    /** Why, and for how long. */
    @Schema(description = "What the audit trail keeps of an operator's change")
    record Reason(@NotBlank @Size(max = 500) String reason, @Schema(examples = "2030-01-31T09:00:00Z") Instant until) {}

    /** What to hold. */
    record Force(
            @NotNull @Schema(description = "true keeps it open, false keeps it closed") Boolean open,
            @NotBlank @Size(max = 500) String reason,
            @Schema(examples = "2030-01-31T09:00:00Z") Instant until) {}

    /** All topics. */
    record TopicList(List<TopicStatus> topics) {}

    /** Transitions, newest first. */
    record History(List<Transition> transitions) {}
}
