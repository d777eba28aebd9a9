package io.incidentbridge.outage;

import io.incidentbridge.metrics.OutageMetrics;
import io.incidentbridge.outage.OutageConfig.Operation;
import io.incidentbridge.outage.OutageState.Mode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Catastrophe mode as calls meet it: whether a call gets a ticket, or is noted against the outage's master incident. All
 * replicas share one state per topic and one for the service desk as a whole; each call reads it once, from a copy that
 * is at most a second old (docs/adr/0005-outage-breaker.md).
 */
@ApplicationScoped
public class OutageBreaker {

    private static final Logger LOG = Logger.getLogger(OutageBreaker.class);

    private final OutageStates states;
    private final OutageStore store;
    private final OutageWorker worker;
    private final Ledger ledger;
    private final Aftermath aftermath;
    private final OutageConfig config;
    private final Topics topics;
    private final Announcements announcements;
    private final OutageMetrics metrics;

    OutageBreaker(
            OutageStates states,
            OutageStore store,
            OutageWorker worker,
            Ledger ledger,
            Aftermath aftermath,
            OutageConfig config,
            Topics topics,
            Announcements announcements,
            OutageMetrics metrics) {
        this.states = states;
        this.store = store;
        this.worker = worker;
        this.ledger = ledger;
        this.aftermath = aftermath;
        this.config = config;
        this.topics = topics;
        this.announcements = announcements;
        this.metrics = metrics;
    }

    /**
     * How a topic stands, to be told to callers. Never fails: while Redis is away the last copy stands in, however old, as
     * no ticket depends on it then.
     *
     * @param raw as the flow sent it; null or empty asks for the service desk as a whole
     */
    public Uni<OutageView> view(String raw) {
        return view(raw, null);
    }

    /** @param language of the announcement; null for the configured one */
    Uni<OutageView> view(String raw, String language) {
        String topic = topics.of(raw);
        return current().onFailure().recoverWithItem(states::lastKnown).map(known -> view(known, topic, language));
    }

    /** The topic of a wrap-up by the configured field; empty when that is. */
    public String topic(String wrapUpCode, String category, String queue) {
        return topics.of(wrapUpCode, category, queue);
    }

    /** What a ticket calls a wrap-up code: its configured label, else the code as it was sent. */
    public String inWords(String wrapUpCode) {
        return topics.inWords(wrapUpCode);
    }

    /**
     * Whether a call that is new to the bridge is noted. One round trip to Redis while the topic is half-open, none
     * otherwise. Never fails: where Redis does not answer in time the last copy decides, however old, as a late command
     * must not cost the call; and whether the call can be kept at all, Redis decides next.
     *
     * @param topic of {@link #topic}
     */
    public Uni<WrapUpDecision> onWrapUp(String topic) {
        return current()
                .onFailure()
                .recoverWithItem(states::lastKnown)
                .map(known -> view(known, topic, null))
                .flatMap(this::decide)
                .invoke(decision ->
                        metrics.decision(decision.view().mode().name(), decision.noted() ? "noted" : "ticket"));
    }

    /**
     * A call has been accepted that was new to the bridge; told once per conversation. Nobody waits for this, and one that
     * is lost changes little.
     */
    public void onNewCall(String topic) {
        if (config.operation() == Operation.OFF || topic.isEmpty()) {
            return;
        }
        OutageConfig.Surge surge = config.surges().getOrDefault(topic, config.surge());
        store.count(topic, 1, Math.min(surge.calls(), surge.floor()))
                .subscribe()
                .with(this::onCounted, failure -> LOG.debug("call not counted", failure));
    }

    /**
     * Notes an accepted call in its outage's ledger, once however often it is told.
     *
     * @param at       when it was accepted
     * @param revision of the wrap-up, from 1 on; a later one takes the place of what was noted before
     * @param fields   of the wrap-up; kept only where child incidents are to be made of them
     * @return the outage's master incident; all empty until there is one
     */
    public Uni<Master> note(
            String outageId,
            String topic,
            String conversationId,
            Instant at,
            int revision,
            Map<String, String> fields) {
        NotedCall call = new NotedCall(conversationId, at, revision, aftermath.isWanted() ? fields : Map.of());
        return ledger.note(outageId, topic, call)
                .flatMap(amended -> amended
                        ? aftermath.amend(outageId, call)
                        : Uni.createFrom().voidItem())
                .flatMap(noted -> ledger.read(outageId))
                .map(OutageRecord::master);
    }

    /**
     * What callers hear of an outage, in every configured language, the default one first.
     *
     * @param topic  of the call, as {@link #topic} tells it
     * @param number of the master incident, empty while there is none
     */
    public List<Announcement> announcements(String topic, String number) {
        return announcements.all(topic, number.isEmpty() ? Master.NONE : new Master(number, number, ""));
    }

    private void onCounted(boolean reached) {
        if (reached) {
            worker.wake();
        }
    }

    private Uni<OutageCopy> current() {
        return config.operation() == Operation.OFF ? Uni.createFrom().item(OutageCopy.NOTHING) : states.current();
    }

    private Uni<WrapUpDecision> decide(OutageView view) {
        return switch (view.mode()) {
            case NORMAL -> Uni.createFrom().item(new WrapUpDecision(false, view));
            case CATASTROPHE -> Uni.createFrom().item(new WrapUpDecision(true, view));
            case RECOVERING ->
                // Without Redis nobody counts the trickle, so the call is noted; that Redis is away its breaker tells.
                store.admit(view.topic())
                        .onFailure()
                        .recoverWithItem(false)
                        .map(admitted -> new WrapUpDecision(!admitted, view));
        };
    }

    /** How a topic stands by its own state, the service desk's left aside. */
    OutageView own(OutageCopy known, String topic) {
        return view(known.of(topic), topic, null);
    }

    private OutageView view(OutageCopy known, String topic, String language) {
        return view(known.decisive(topic), topic, language);
    }

    private OutageView view(OutageState state, String topic, String language) {
        if (state.mode() == Mode.CLOSED || config.operation() == Operation.DRY_RUN && !state.held()) {
            return OutageView.normal(topic);
        }
        return new OutageView(
                state.mode() == Mode.OPEN ? OutageView.Mode.CATASTROPHE : OutageView.Mode.RECOVERING,
                state.topic(),
                state.openedAt().toString(),
                state.outageId(),
                state.master().sysId(),
                state.master().number(),
                state.master().url(),
                announcements.of(language, topic, state.master()));
    }
}
