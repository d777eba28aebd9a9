package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.redis.Lease;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentConfig.CreateOnce;
import io.incidentbridge.servicenow.ServiceNowTables.Change;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Writes incidents so that whatever is sent again happens once. ServiceNow has no idempotency key; instead
 *
 * <ul>
 *   <li>a new incident has a sys_id of the bridge's choice, which the database takes once, and after every doubtful answer
 *       the incident is looked for, by sys_id and by correlation id;
 *   <li>where an instance refuses chosen sys_ids, the correlation id is looked for first, and one writer at a time creates;
 *   <li>a work note carries a marker that is looked for before it is written.
 * </ul>
 *
 * <p>The latter two hold a lease, and leave it to run out after a write of unknown outcome: until ServiceNow cannot be at
 * it any more, a repeat fails with UNKNOWN_OUTCOME and the time to wait. Every failure is a {@link ConnectorException},
 * or says that Redis, which has the leases, is away.
 */
@ApplicationScoped
public class IncidentWriter {

    private static final Logger LOG = Logger.getLogger(IncidentWriter.class);

    /** Longest wait for room in the budget: well within the timeout of a write, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofSeconds(3);

    /** What a lease is longer than {@link IncidentConfig#settled()}: the looking around the write, timeouts included. */
    private static final Duration AROUND = Duration.ofSeconds(25);

    /** How often a lease of unknown rest is looked at while it runs out. */
    private static final int BUSY_LOOKS = 3;

    private final ServiceNowTables tables;
    private final StoredIncidents stored;
    private final WorkNotes notes;
    private final IncidentConfig config;
    private final RecordLinks links;
    private final ServiceNowConfig serviceNow;
    private final Lease lease;
    private final KeyedHash hash;
    private final BridgeMetrics metrics;
    private volatile ChosenIds chosenIds = ChosenIds.UNKNOWN;

    IncidentWriter(
            ServiceNowTables tables,
            WorkNotes notes,
            IncidentConfig config,
            RecordLinks links,
            ServiceNowConfig serviceNow,
            Lease lease,
            KeyedHash hash,
            BridgeMetrics metrics) {
        this.tables = tables;
        this.stored = new StoredIncidents(tables);
        this.notes = notes;
        this.config = config;
        this.links = links;
        this.serviceNow = serviceNow;
        this.lease = lease;
        this.hash = hash;
        this.metrics = metrics;
    }

    /**
     * Creates the incident, or answers the one that is there. FORBIDDEN or REJECTED mean that ServiceNow refuses it as it
     * is, for example for want of a mandatory field: {@link ConnectorException#vendorMessage()} says why.
     *
     * @param again whether somebody may have sent it before: then it is looked for first until this replica has seen the
     *              instance take a chosen sys_id, as one that ignores them does not refuse a second incident
     */
    public Uni<WrittenIncident> createOnce(NewIncident incident, boolean again, BudgetRequest budget) {
        boolean chosen = config.createOnce() == CreateOnce.CHOSEN_SYS_ID && chosenIds != ChosenIds.IGNORED;
        boolean look = again && chosenIds == ChosenIds.UNKNOWN;
        Uni<Row> work = chosen
                ? look ? createChosenUnlessThere(incident, budget) : createChosen(incident, budget)
                : oneAtATime("create", incident.correlationId(), () -> createUnlessThere(incident, budget));
        return counted("create", work);
    }

    /**
     * Changes the incident. With a note that is there already nothing is sent: what came with it was written with it.
     * NOT_FOUND when the incident is absent or hidden.
     */
    public Uni<WrittenIncident> update(IncidentUpdate update, BudgetRequest budget) {
        Uni<Row> work = update.workNote().isBlank()
                ? write(update.sysId(), update.fields(), budget)
                : oneAtATime("note", update.sysId() + update.marker(), () -> noteOnce(update, budget));
        return counted("update", work);
    }

    /** Whether an incident's work notes have the one with this marker ({@link IncidentUpdate#marker()}). */
    public Uni<Boolean> hasNote(String sysId, String marker, BudgetRequest budget) {
        return notes.contain(sysId, new IncidentUpdate(sysId, Map.of(), "", marker).reference(), budget)
                .onFailure()
                .transform(IncidentWriter::failure);
    }

    /** The incident with this number in any letter case; empty also for what cannot be a number. */
    public Uni<Optional<WrittenIncident>> byNumber(String number, BudgetRequest budget) {
        return readBy("number", number.toUpperCase(Locale.ROOT), budget);
    }

    /** The incident with this correlation id, of several the first created. */
    public Uni<Optional<WrittenIncident>> byCorrelationId(String correlationId, BudgetRequest budget) {
        return readBy("correlation_id", correlationId, budget);
    }

    /** The incident with this key. */
    public Uni<Optional<WrittenIncident>> bySysId(String sysId, BudgetRequest budget) {
        return readBy("sys_id", sysId, budget);
    }

    /** The incidents of each correlation id, by as few queries as there must be; ids without one are left out. */
    public Uni<Map<String, List<WrittenIncident>>> byCorrelationIds(List<String> ids, BudgetRequest budget) {
        return readAll("correlation_id", ids, budget);
    }

    /** As {@link #byCorrelationIds}, by key. */
    public Uni<Map<String, List<WrittenIncident>>> bySysIds(List<String> ids, BudgetRequest budget) {
        return readAll("sys_id", ids, budget);
    }

    private Uni<Map<String, List<WrittenIncident>>> readAll(String field, List<String> values, BudgetRequest budget) {
        return stored.findAll(field, values, budget)
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.text(field), Collectors.mapping(this::written, Collectors.toList()))))
                .onFailure()
                .transform(IncidentWriter::failure);
    }

    private Uni<Optional<WrittenIncident>> readBy(String field, String value, BudgetRequest budget) {
        return stored.find(Map.of(field, value), budget)
                .map(found -> found.map(this::written))
                .onFailure()
                .transform(IncidentWriter::failure);
    }

    private Uni<Row> createChosenUnlessThere(NewIncident incident, BudgetRequest budget) {
        return stored.find(keys(incident), budget)
                .flatMap(found ->
                        found.isPresent() ? Uni.createFrom().item(found.get()) : createChosen(incident, budget));
    }

    private static Map<String, String> keys(NewIncident incident) {
        return Map.of("sys_id", incident.sysId(), "correlation_id", incident.correlationId());
    }

    private Uni<Row> createChosen(NewIncident incident, BudgetRequest budget) {
        Map<String, String> values = values(incident);
        values.put("sys_id", incident.sysId());
        return write("", values, budget)
                .invoke(row -> notice(row, incident.sysId()))
                .onFailure(DoubtfulWrite::mayBeThere)
                .recoverWithUni(failure ->
                        stored.find(keys(incident), budget).map(found -> found.orElseThrow(() -> failure(failure))));
    }

    /** Without rights on sys_id an instance drops the chosen one without a word. */
    private void notice(Row row, String chosen) {
        if (row.text("sys_id").equalsIgnoreCase(chosen)) {
            chosenIds = ChosenIds.TAKEN;
        } else {
            chosenIds = ChosenIds.IGNORED;
            LOG.error("ServiceNow ignores chosen sys_ids: set bridge.servicenow.incident.create-once=query-first;"
                    + " this replica acts so from now on");
        }
    }

    private Uni<Row> createUnlessThere(NewIncident incident, BudgetRequest budget) {
        Map<String, String> keys = Map.of("correlation_id", incident.correlationId());
        return stored.find(keys, budget)
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().item(found.get())
                        : write("", values(incident), budget)
                                .onFailure(DoubtfulWrite::mayHappen)
                                .recoverWithUni(failure -> settle(stored.find(keys, budget), failure)));
    }

    private static Map<String, String> values(NewIncident incident) {
        Map<String, String> values = new HashMap<>(incident.fields());
        values.put("correlation_id", incident.correlationId());
        return values;
    }

    private Uni<Row> noteOnce(IncidentUpdate update, BudgetRequest budget) {
        return notes.contain(update.sysId(), update.reference(), budget)
                .flatMap(there -> there ? stored.read(update.sysId(), budget) : writeNote(update, budget));
    }

    private Uni<Row> writeNote(IncidentUpdate update, BudgetRequest budget) {
        Map<String, String> values = new HashMap<>(update.fields());
        values.put("work_notes", update.markedNote());
        return write(update.sysId(), values, budget)
                .call(() -> notes.prove(update.sysId(), update.reference(), budget))
                .onFailure(DoubtfulWrite::mayHappen)
                .recoverWithUni(failure -> settle(
                        notes.contain(update.sysId(), update.reference(), budget)
                                .flatMap(there -> there
                                        ? stored.read(update.sysId(), budget).map(Optional::of)
                                        : Uni.createFrom().item(Optional.empty())),
                        failure));
    }

    /**
     * What is not there after all was answered is not written. Without an answer it may still come, and what could not be
     * looked for may be there.
     */
    private Uni<Row> settle(Uni<Optional<Row>> look, Throwable failure) {
        boolean answered = failure(failure).reason() != FailureReason.UNKNOWN_OUTCOME;
        return look.onFailure()
                .recoverWithItem(Optional.empty())
                .map(found -> found.orElseThrow(() -> answered ? failure(failure) : new UnsettledWrite(failure)));
    }

    private Uni<Row> write(String sysId, Map<String, String> values, BudgetRequest budget) {
        return tables.write(
                budget.atMost(ROOM), new Change(StoredIncidents.TABLE, sysId, values, StoredIncidents.FIELDS));
    }

    private Uni<Row> oneAtATime(String kind, String value, Supplier<Uni<Row>> work) {
        return lease.holding(
                        "ib:{" + kind + ":" + hash.hash(kind, value) + "}",
                        config.settled().plus(AROUND),
                        work,
                        () -> Uni.createFrom()
                                .failure(() -> unsettled(config.settled().dividedBy(BUSY_LOOKS), null)),
                        UnsettledWrite.class::isInstance)
                .onFailure(UnsettledWrite.class)
                .transform(failure -> unsettled(config.settled(), failure.getCause()));
    }

    private static ConnectorException unsettled(Duration wait, Throwable cause) {
        return ConnectorException.of(
                ServiceNowConnector.VENDOR, FailureReason.UNKNOWN_OUTCOME, "a write is not settled", wait, cause);
    }

    private Uni<WrittenIncident> counted(String operation, Uni<Row> work) {
        return work.map(this::written)
                .onFailure(thrown -> !(thrown instanceof RedisUnavailableException))
                .transform(IncidentWriter::failure)
                .onItemOrFailure()
                .invoke((done, failure) -> metrics.incidentWrite(operation, outcome(failure)));
    }

    private static String outcome(Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return failure instanceof ConnectorException known
                ? known.reason().name().toLowerCase(Locale.ROOT)
                : "redis_away";
    }

    private WrittenIncident written(Row row) {
        String state = row.text("state");
        return new WrittenIncident(
                row.text("sys_id"),
                row.text("number"),
                links.to(StoredIncidents.TABLE, row.text("sys_id")),
                row.text("active").equals("true"),
                serviceNow.stateLabels().getOrDefault(state, state));
    }

    private static ConnectorException failure(Throwable thrown) {
        return Failures.of(ServiceNowConnector.VENDOR, thrown);
    }

    /** Whether something was written is not known, and may change yet. */
    private static final class UnsettledWrite extends RuntimeException {
        UnsettledWrite(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
