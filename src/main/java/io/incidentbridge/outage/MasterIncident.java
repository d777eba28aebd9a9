package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentWriter;
import io.incidentbridge.servicenow.MajorIncident;
import io.incidentbridge.servicenow.NewIncident;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.incidentbridge.servicenow.WrittenIncident;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The one incident of an outage: the operator's choice, else an active major incident of ServiceNow's that fits the topic,
 * else one that the bridge creates once, by a sys_id derived from the outage's id.
 */
@ApplicationScoped
class MasterIncident {

    /** Everybody on the phone waits for its number, so it goes with the callers and not with the tickets. */
    private static final Duration ROOM = Duration.ofSeconds(5);

    private final ServiceNowConnector serviceNow;
    private final IncidentWriter writer;
    private final OutageStore store;
    private final OutageOperation operation;
    private final OutagePolicy policy;
    private final Ledger ledger;
    private final NoteText texts;
    private final Topics topics;
    private final KeyedHash hash;
    private final OutageConfig config;

    MasterIncident(
            ServiceNowConnector serviceNow,
            IncidentWriter writer,
            OutageStore store,
            OutageOperation operation,
            Ledger ledger,
            NoteText texts,
            Topics topics,
            KeyedHash hash,
            OutageConfig config) {
        this.serviceNow = serviceNow;
        this.writer = writer;
        this.store = store;
        this.operation = operation;
        this.policy = new OutagePolicy(config);
        this.ledger = ledger;
        this.texts = texts;
        this.topics = topics;
        this.hash = hash;
        this.config = config;
    }

    /** The outage's master, found or made; the state's own, which an operator may have changed, goes first. */
    Uni<Master> of(OutageRecord outage) {
        return store.read(outage.topic()).flatMap(state -> {
            boolean current = state.outageId().equals(outage.id());
            if (current && state.master().known()) {
                return recorded(outage, state.master());
            }
            return outage.master().known()
                    ? told(outage, outage.master())
                    : found(outage).flatMap(master -> told(outage, master));
        });
    }

    /** The incident with this number as a master; empty when there is none. */
    Uni<Optional<Master>> byNumber(String number) {
        return writer.byNumber(number, room()).map(found -> found.map(MasterIncident::master));
    }

    private Uni<Master> recorded(OutageRecord outage, Master master) {
        return outage.master().equals(master)
                ? Uni.createFrom().item(master)
                : ledger.master(outage.id(), master).replaceWith(master);
    }

    /** Unless an operator has named one meanwhile. Whatever breaks here is done again: the same master is found or made. */
    private Uni<Master> told(OutageRecord outage, Master master) {
        return operation
                .change(
                        outage.topic(),
                        Why.bridge(Cause.NONE, "master " + master.number()),
                        (state, now) -> isOpenWithoutMaster(state, outage) ? policy.onMaster(state, master) : state)
                .flatMap(state -> recorded(outage, state.outageId().equals(outage.id()) ? state.master() : master));
    }

    private static boolean isOpenWithoutMaster(OutageState state, OutageRecord outage) {
        return state.outageId().equals(outage.id()) && !state.master().known();
    }

    private Uni<Master> found(OutageRecord outage) {
        Uni<Optional<Master>> adopted = config.master().adopt()
                ? serviceNow.activeMajorIncidents(room()).map(all -> fitting(outage.topic(), all))
                : Uni.createFrom().item(Optional.empty());
        return adopted.flatMap(
                master -> master.map(known -> Uni.createFrom().item(known)).orElseGet(() -> created(outage)));
    }

    private Optional<Master> fitting(String topic, List<MajorIncident> all) {
        return all.stream()
                .filter(incident -> fits(topic, incident))
                .findFirst()
                .map(incident -> new Master(incident.sysId(), incident.number(), incident.url()));
    }

    /** By category, or by the topic's name in the title; the service desk as a whole has no incident of its own. */
    private boolean fits(String topic, MajorIncident incident) {
        String label = topics.label(topic).toLowerCase(Locale.ROOT);
        return !label.isEmpty()
                && (topics.of(incident.category()).equals(topic)
                        || incident.shortDescription().toLowerCase(Locale.ROOT).contains(label));
    }

    private Uni<Master> created(OutageRecord outage) {
        String key = hash.hash("outage-master", outage.id());
        Map<String, String> fields = new HashMap<>(config.master().fields());
        fields.put("short_description", texts.title(outage.topic()));
        return writer.createOnce(new NewIncident(key, "outage-" + key, fields), true, room())
                .map(MasterIncident::master);
    }

    private static Master master(WrittenIncident incident) {
        return new Master(incident.sysId(), incident.number(), incident.url());
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.LOOKUP, ROOM);
    }
}
