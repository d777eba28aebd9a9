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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    private final MasterIncident masters;
    private final Ledger ledger;
    private final OutagePolicy policy;
    private final Topics topics;
    private final SecurityIdentity identity;
    private final Clock clock;

    OutageOpsResource(
            OutageStates states,
            OutageStore store,
            OutageOperation operation,
            MasterIncident masters,
            Ledger ledger,
            OutageConfig config,
            Topics topics,
            SecurityIdentity identity,
            Clock clock) {
        this.states = states;
        this.store = store;
        this.operation = operation;
        this.masters = masters;
        this.ledger = ledger;
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

    @PUT
    @Path("/{topic}/master")
    @Operation(
            summary = "Name the incident that an open topic's calls are noted against",
            description = "What was noted before stays where it was written.")
    public Uni<TopicStatus> master(@PathParam("topic") String topic, @NotNull @Valid MasterNumber request) {
        return masters.byNumber(request.number())
                .map(found -> found.orElseThrow(() -> wrong("number", "must be an incident's number")))
                .flatMap(master ->
                        change(topic, request.reason(), (state, now) -> policy.onMaster(open(state), master)));
    }

    @GET
    @Path("/ledger/{outageId}")
    @Operation(summary = "The calls noted in an outage, as they came")
    public Uni<LedgerPage> ledger(
            @PathParam("outageId") String outageId,
            @QueryParam("from") @Min(0) @DefaultValue("0") long from,
            @QueryParam("limit") @Min(1) @Max(1000) @DefaultValue("100") int limit) {
        return Uni.combine()
                .all()
                .unis(ledger.read(outageId), ledger.calls(outageId, from, limit))
                .with(LedgerPage::of);
    }

    private static OutageState open(OutageState state) {
        if (state.mode() == Mode.CLOSED) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The topic has no outage.");
        }
        return state;
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

    /** Which incident. */
    record MasterNumber(
            @NotBlank
                    @Pattern(regexp = "[A-Za-z0-9]{1,40}", message = "must be 1 to 40 letters and digits")
                    @Schema(examples = "INC0010023")
                    String number,
            @NotBlank @Size(max = 500) String reason) {}

    /** Part of an outage's ledger; times are empty where they are not known. */
    record LedgerPage(
            String outageId,
            String topic,
            String openedAt,
            String closedAt,
            String masterNumber,
            String masterUrl,
            @Schema(description = "Calls noted in all") long callsNoted,
            @Schema(description = "Of these, how many the master's notes tell of") long callsWritten,
            List<LedgerEntry> calls) {

        static LedgerPage of(OutageRecord outage, List<NotedCall> calls) {
            return new LedgerPage(
                    outage.id(),
                    outage.topic(),
                    Objects.toString(outage.opened(), ""),
                    Objects.toString(outage.closed(), ""),
                    outage.master().number(),
                    outage.master().url(),
                    outage.noted(),
                    outage.written(),
                    calls.stream()
                            .map(call -> new LedgerEntry(
                                    call.conversationId(), call.at().toString()))
                            .toList());
        }
    }

    /** A noted call. */
    record LedgerEntry(String conversationId, String at) {}

    /** All topics. */
    record TopicList(List<TopicStatus> topics) {}

    /** Transitions, newest first. */
    record History(List<Transition> transitions) {}
}
