package io.incidentbridge.emergency;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.emergency.OpsAnswers.GroupState;
import io.incidentbridge.emergency.OpsAnswers.OverrideAnswer;
import io.incidentbridge.emergency.OpsAnswers.OverrideState;
import io.incidentbridge.emergency.OpsAnswers.ProposalState;
import io.incidentbridge.emergency.OpsAnswers.RoutingText;
import io.incidentbridge.emergency.OpsAnswers.TargetState;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What operators may do by hand; every act is audited with its actor and reason before it is answered. */
@ApplicationScoped
public class EmergencyOperations {

    private final EmergencyStore store;
    private final EmergencyService service;
    private final EmergencyWatch watch;
    private final EmergencyPlan plan;
    private final EmergencyTargets targets;
    private final EmergencyConfig config;
    private final AuditTrail audit;
    private final Clock clock;

    EmergencyOperations(
            EmergencyStore store,
            EmergencyService service,
            EmergencyWatch watch,
            EmergencyPlan plan,
            EmergencyTargets targets,
            EmergencyConfig config,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.service = service;
        this.watch = watch;
        this.plan = plan;
        this.targets = targets;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** Names of all groups. */
    public List<String> groups() {
        return config.groups().keySet().stream().sorted().toList();
    }

    /** Incidents of a group, the last changed ones first, ended ones included. */
    public Uni<List<EmergencyStatus>> claims(String group, int most) {
        return store.snapshot(known(group))
                .flatMap(snapshot -> store.recent(group, most).map(claims -> claims.stream()
                        .map(claim -> service.status(claim, snapshot))
                        .toList()));
    }

    /** One group: desired and observed routing, queues, override. */
    public Uni<GroupState> group(String group) {
        return store.snapshot(known(group)).map(snapshot -> state(group, snapshot));
    }

    /** What would be sent to Genesys now: reads there, writes nothing. */
    public Uni<List<OpsAnswers.PlannedChange>> plan(String group) {
        return plan.of(known(group), Optional.empty());
    }

    /** @param ttl from now on */
    public Uni<EmergencyStatus> extend(String correlationId, Duration ttl, String reason, String actor) {
        if (ttl.compareTo(config.minTtl()) < 0 || ttl.compareTo(config.maxTtl()) > 0) {
            throw broken(
                    "ttl",
                    "range",
                    "must be " + config.minTtl().toSeconds() + " to "
                            + config.maxTtl().toSeconds() + " seconds");
        }
        return act(ClaimEvent.Kind.EXTEND, correlationId, ttl, reason, actor);
    }

    /** Ends an incident's emergency, whatever its source says. */
    public Uni<EmergencyStatus> resolve(String correlationId, String reason, String actor) {
        return act(ClaimEvent.Kind.OVERRIDE, correlationId, Duration.ZERO, reason, actor);
    }

    private Uni<EmergencyStatus> act(
            ClaimEvent.Kind kind, String correlationId, Duration ttl, String reason, String actor) {
        return store.claim(correlationId)
                .onItem()
                .ifNull()
                .failWith(EmergencyOperations::unknownClaim)
                .flatMap(claim -> service.record(new ClaimEvent(
                        kind,
                        correlationId,
                        claim.group(),
                        claim.source(),
                        claim.type(),
                        claim.severity(),
                        List.of(),
                        reason,
                        clock.instant(),
                        ttl,
                        actor)))
                .flatMap(recorded -> service.status(correlationId))
                .onItem()
                .ifNull()
                .failWith(EmergencyOperations::unknownClaim);
    }

    /** Sets an override, proposes it where a second person must confirm, or tells what it would do. */
    public Uni<OverrideAnswer> override(String group, OverrideRequest request, String actor) {
        Forced forced = request.forced(actor, clock.instant());
        check(known(group), forced);
        if (request.isDryRun()) {
            return plan.of(group, Optional.of(forced)).map(changes -> new OverrideAnswer("DRY_RUN", "", changes));
        }
        if (config.twoPersons() && forced.mode() == Forced.Mode.ACTIVE) {
            String proposal = UUID.randomUUID().toString();
            return store.propose(group, forced, proposal, actor)
                    .flatMap(done -> told("emergency.override.proposed", group, actor, forced))
                    .replaceWith(new OverrideAnswer("PROPOSED", proposal, List.of()));
        }
        return store.force(group, forced, actor)
                .invoke(done -> watch.wake(group))
                .flatMap(done -> told("emergency.override.set", group, actor, forced))
                .replaceWith(new OverrideAnswer("SET", "", List.of()));
    }

    /** Confirms what somebody else has proposed. */
    public Uni<OverrideAnswer> confirm(String group, String proposal, String actor) {
        return store.snapshot(known(group)).flatMap(before -> store.confirm(group, proposal, actor)
                .map(EmergencyOperations::accepted)
                .invoke(done -> watch.wake(group))
                .flatMap(done -> before.proposal().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : told(
                                "emergency.override.confirmed",
                                group,
                                actor,
                                before.proposal().get().override()))
                .replaceWith(new OverrideAnswer("SET", "", List.of())));
    }

    /** Takes the override back: the incidents decide again. */
    public Uni<OverrideAnswer> clear(String group, String actor) {
        return store.snapshot(known(group)).flatMap(before -> store.clear(group, actor)
                .map(EmergencyOperations::accepted)
                .invoke(done -> watch.wake(group))
                .flatMap(done -> before.forced().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : told(
                                "emergency.override.cleared",
                                group,
                                actor,
                                before.forced().get()))
                .replaceWith(new OverrideAnswer("CLEARED", "", List.of())));
    }

    private void check(String group, Forced forced) {
        Instant now = clock.instant();
        if (!forced.until().isAfter(now) || forced.until().isAfter(now.plus(config.maxTtl()))) {
            throw broken(
                    "until",
                    "range",
                    "must lie within the next " + config.maxTtl().toSeconds() + " seconds");
        }
        if (forced.mode() == Forced.Mode.ACTIVE && forced.queueIds().isEmpty()) {
            throw broken("targetQueueIds", "not-empty", "must name at least one queue");
        }
    }

    private static EmergencyStore.ForceOutcome accepted(EmergencyStore.ForceOutcome outcome) {
        return switch (outcome) {
            case DONE -> outcome;
            case UNKNOWN -> throw new ProblemException(ProblemType.NOT_FOUND, "There is no such override any more.");
            case SAME_PERSON ->
                throw new ProblemException(ProblemType.FORBIDDEN, "Somebody else must confirm what you have proposed.");
        };
    }

    /** The effect is done: a trail that does not answer does not undo it, and its log line is written. */
    private Uni<Void> told(String action, String group, String actor, Forced forced) {
        Map<String, String> after = new LinkedHashMap<>(Traces.fields(forced));
        return audit.tell(new AuditTrail.Entry(actor, action, "emergency/" + group, Map.of(), after, ""));
    }

    private GroupState state(String group, Snapshot snapshot) {
        DesiredRouting desired =
                EmergencyPolicy.desired(snapshot, config.groups().get(group).priority());
        RoutingView view = RoutingView.of(targets.of(group), desired, snapshot);
        return new GroupState(
                group,
                view.state(),
                RoutingText.of(desired.routing()),
                desired.words(),
                desired.holders(),
                snapshot.revision(),
                snapshot.late().toMillis() / 1000.0,
                snapshot.activeSince() == null ? "" : snapshot.activeSince().toString(),
                targets.of(group).stream()
                        .map(target -> target(target.name(), snapshot.known(target.name())))
                        .toList(),
                snapshot.override().map(OverrideState::of).orElse(OverrideState.NONE),
                snapshot.proposal()
                        .map(proposal -> new ProposalState(
                                proposal.id(),
                                OverrideState.of(proposal.override()),
                                proposal.by(),
                                proposal.until().toString()))
                        .orElse(ProposalState.NONE),
                OpsAnswers.QueueState.of(snapshot.queues()));
    }

    private static TargetState target(String name, Known known) {
        String seen = known.seen() == null ? "" : known.seen().active() ? "ACTIVE" : "INACTIVE";
        return new TargetState(
                name,
                known.result(),
                known.reason(),
                seen,
                known.seen() == null ? List.of() : known.seen().queueIds(),
                known.seen() == null ? 0 : known.seen().priority(),
                known.lastUpdated());
    }

    private String known(String group) {
        if (!config.groups().containsKey(group)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no group of this name.");
        }
        return group;
    }

    private static ProblemException unknownClaim() {
        return new ProblemException(ProblemType.NOT_FOUND, "Nothing is known of an incident of this id.");
    }

    private static ProblemException broken(String field, String rule, String detail) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "One or more fields break a rule; see errors.",
                List.of(new FieldError("/" + field, field, rule, detail)));
    }
}
