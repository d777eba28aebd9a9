package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What operators may see and do of outages, by the API and in the console alike. Topics are taken as people write them;
 * {@code global} is the service desk as a whole. A broken rule is a {@link ProblemException} that names the field.
 */
@ApplicationScoped
public class OutageControl {

    private final OutageStates states;
    private final OutageStore store;
    private final OutageOperation operation;
    private final MasterIncident masters;
    private final Ledger ledger;
    private final OutagePolicy policy;
    private final Topics topics;
    private final Clock clock;

    OutageControl(
            OutageStates states,
            OutageStore store,
            OutageOperation operation,
            MasterIncident masters,
            Ledger ledger,
            OutageConfig config,
            Topics topics,
            Clock clock) {
        this.states = states;
        this.store = store;
        this.operation = operation;
        this.masters = masters;
        this.ledger = ledger;
        this.policy = new OutagePolicy(config);
        this.topics = topics;
        this.clock = clock;
    }

    /** Every topic that is open, held, or has had calls lately. */
    public Uni<List<TopicStatus>> topics() {
        return states.look().map(seen -> seen.sights().stream()
                .map(sight -> TopicStatus.of(sight, policy, seen.now()))
                .toList());
    }

    /** The one spelling of a topic as people write it; empty for what has neither a letter nor a digit. */
    public String spelled(String raw) {
        return topics.named(raw);
    }

    /** One of them; empty while it has neither. */
    public Uni<Optional<TopicStatus>> topic(String raw) {
        String topic = topics.named(raw);
        return topics().map(all ->
                all.stream().filter(one -> one.topic().equals(topic)).findFirst());
    }

    /** What changed, newest first; of all topics where none is named. */
    public Uni<List<Transition>> history(String topic) {
        return store.history()
                .map(all -> topic == null || topic.isBlank()
                        ? all
                        : all.stream()
                                .filter(one -> one.topic().equals(topics.named(topic)))
                                .toList());
    }

    /** @param until it stays open until then whatever the signals say; null leaves its end to them */
    public Uni<TopicStatus> trip(String topic, String reason, Instant until, String actor) {
        Why why = Why.operator(actor, reason);
        Instant end = future(until);
        return change(topic, why, (state, now) -> policy.onTrip(state, why, end, now));
    }

    /** Ends an outage, and whatever is held. */
    public Uni<TopicStatus> reset(String topic, String reason, String actor) {
        Why why = Why.operator(actor, reason);
        return change(topic, why, (state, now) -> policy.onReset(state, why, now));
    }

    /** @param until null for until it is released or reset */
    public Uni<TopicStatus> force(String topic, boolean open, String reason, Instant until, String actor) {
        Why why = Why.operator(actor, reason);
        Instant end = future(until);
        Mode mode = open ? Mode.OPEN : Mode.CLOSED;
        return change(topic, why, (state, now) -> policy.onForce(state, mode, why, end, now));
    }

    /** Leaves a topic to the signals again. */
    public Uni<TopicStatus> release(String topic, String reason, String actor) {
        return change(topic, Why.operator(actor, reason), (state, now) -> policy.onRelease(state));
    }

    /** Names the incident that an open topic's calls are noted against. */
    public Uni<TopicStatus> master(String topic, String number, String reason, String actor) {
        return masters.byNumber(number)
                .map(found -> found.orElseThrow(() -> wrong("number", "must be an incident's number")))
                .flatMap(master -> change(
                        topic, Why.operator(actor, reason), (state, now) -> policy.onMaster(open(state), master)));
    }

    /**
     * The calls noted in an outage, as they came.
     *
     * @param from  how many to skip
     * @param limit 1 to 1,000
     */
    public Uni<LedgerPage> ledger(String outageId, long from, int limit) {
        return Uni.combine()
                .all()
                .unis(ledger.read(outageId), ledger.calls(outageId, from, limit))
                .with(LedgerPage::of);
    }

    /** The calls noted last in an outage, the newest first. */
    public Uni<LedgerPage> newest(String outageId, int most) {
        return ledger.read(outageId).flatMap(outage -> ledger.calls(outageId, Math.max(0, outage.noted() - most), most)
                .map(calls -> {
                    List<NotedCall> newestFirst = new ArrayList<>(calls);
                    Collections.reverse(newestFirst);
                    return LedgerPage.of(outage, newestFirst);
                }));
    }

    private static OutageState open(OutageState state) {
        if (state.mode() == Mode.CLOSED) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The topic has no outage.");
        }
        return state;
    }

    private Uni<TopicStatus> change(String raw, Why why, OutageOperation.Step step) {
        String topic = topics.named(raw);
        if (topic.isEmpty() || raw.length() > 100) {
            throw wrong("topic", "must have a letter or a digit, and at most 100 characters");
        }
        return operation.change(topic, why, step).map(TopicStatus::of);
    }

    private Instant future(Instant until) {
        if (until != null && !until.isAfter(clock.instant())) {
            throw wrong("until", "must be in the future");
        }
        return until;
    }

    static ProblemException wrong(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "The request breaks a rule; see errors.",
                List.of(new FieldError("/" + field, field, "value", rule)));
    }
}
