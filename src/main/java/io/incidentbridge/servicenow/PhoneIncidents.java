package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Incidents that came in by phone, and whether they belong to a conversation: those of the bridge, and of whoever sets a
 * correlation id, do.
 */
@ApplicationScoped
public class PhoneIncidents {

    private static final String TABLE = "incident";
    private static final String CORRELATION = "correlation_id";
    private static final String DISPLAY = "correlation_display";
    private static final String CONTACT = "contact_type";
    private static final String CREATED = "sys_created_on";
    private static final List<String> FIELDS = List.of("sys_id", "number", CONTACT, CORRELATION, CREATED);

    /** Longest wait for room in the budget: well within the timeout of a read, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofMillis(1200);

    private final ServiceNowTables tables;
    private final IncidentWriter writer;
    private final RecordLinks links;
    private final ServiceNowConfig config;
    private final IncidentConfig incidents;
    private final BridgeMetrics metrics;

    PhoneIncidents(
            ServiceNowTables tables,
            IncidentWriter writer,
            RecordLinks links,
            ServiceNowConfig config,
            IncidentConfig incidents,
            BridgeMetrics metrics) {
        this.tables = tables;
        this.writer = writer;
        this.links = links;
        this.config = config;
        this.incidents = incidents;
        this.metrics = metrics;
    }

    /**
     * How many there are.
     *
     * @param linked   with a correlation id
     * @param unlinked without one
     */
    public record Counts(long linked, long unlinked) {}

    /** An incident without a conversation. */
    public record Unlinked(String sysId, String number, String url, Instant createdAt) {}

    /** What became of an incident that was to be linked. */
    public enum Linking {
        LINKED,
        /** It has a correlation id. */
        HAS_ONE,
        /** It is absent, hidden, or did not come by phone. */
        NOT_FOUND
    }

    /**
     * Counts by the Aggregate API.
     *
     * @param from created at or after
     * @param to   created before
     */
    public Uni<Counts> count(Instant from, Instant to, BudgetRequest budget) {
        return count(created(from, to), budget)
                .flatMap(all -> count(created(from, to).isEmpty(CORRELATION), budget)
                        .map(unlinked -> new Counts(Math.max(0, all - unlinked), unlinked)));
    }

    /** Those without a conversation, the oldest first. */
    public Uni<List<Unlinked>> unlinked(Instant from, Instant to, int most, BudgetRequest budget) {
        EncodedQuery query = created(from, to).isEmpty(CORRELATION).oldestFirst(CREATED);
        return tables.list(budget.atMost(ROOM), TABLE, query, FIELDS, most)
                .map(rows -> fitting(rows, from, to))
                .onFailure()
                .transform(PhoneIncidents::failure);
    }

    /** Gives an incident without a correlation id that of its conversation; one that has one keeps it. */
    public Uni<Linking> link(String sysId, String conversationId, BudgetRequest budget) {
        return tables.list(budget.atMost(ROOM), TABLE, EncodedQuery.all().is("sys_id", sysId), FIELDS, 1)
                .onFailure()
                .transform(PhoneIncidents::failure)
                .flatMap(rows -> rows.stream()
                        .filter(row -> row.text("sys_id").equals(sysId) && isByPhone(row))
                        .findFirst()
                        .map(row -> row.text(CORRELATION).isEmpty()
                                ? write(sysId, conversationId, budget).replaceWith(Linking.LINKED)
                                : Uni.createFrom().item(Linking.HAS_ONE))
                        .orElseGet(() -> Uni.createFrom().item(Linking.NOT_FOUND)));
    }

    private Uni<WrittenIncident> write(String sysId, String conversationId, BudgetRequest budget) {
        Map<String, String> values = new HashMap<>(Map.of(CORRELATION, conversationId));
        // As on the bridge's own incidents, unless it tells something of the call.
        incidents
                .fields()
                .getOrDefault(DISPLAY, Optional.empty())
                .filter(display -> display.indexOf('{') < 0)
                .ifPresent(display -> values.put(DISPLAY, display));
        return writer.update(new IncidentUpdate(sysId, values, "", ""), budget);
    }

    private EncodedQuery created(Instant from, Instant to) {
        return EncodedQuery.all()
                .is(CONTACT, config.phoneContactType())
                .atLeast(CREATED, ServiceNowTime.format(from))
                .below(CREATED, ServiceNowTime.format(to));
    }

    /** Grouped by the contact type, so that a filter that ServiceNow did not understand shows. */
    private Uni<Long> count(EncodedQuery query, BudgetRequest budget) {
        return tables.count(budget.atMost(ROOM), TABLE, query, CONTACT)
                .map(groups -> {
                    long others = groups.keySet().stream()
                            .filter(contact -> !contact.equals(config.phoneContactType()))
                            .count();
                    if (others > 0) {
                        metrics.rowsNotAskedFor(ServiceNowConnector.VENDOR, TABLE, (int) others);
                        throw ConnectorException.of(
                                ServiceNowConnector.VENDOR, FailureReason.VENDOR_FAULT, "counted something else", null);
                    }
                    return groups.getOrDefault(config.phoneContactType(), 0L);
                })
                .onFailure()
                .transform(PhoneIncidents::failure);
    }

    private List<Unlinked> fitting(List<Row> rows, Instant from, Instant to) {
        List<Unlinked> fitting = rows.stream()
                .filter(row -> isByPhone(row) && row.text(CORRELATION).isEmpty())
                .map(this::unlinked)
                .filter(incident -> !incident.createdAt().isBefore(from)
                        && incident.createdAt().isBefore(to))
                .toList();
        metrics.rowsNotAskedFor(ServiceNowConnector.VENDOR, TABLE, rows.size() - fitting.size());
        return fitting;
    }

    private boolean isByPhone(Row row) {
        return row.text(CONTACT).equals(config.phoneContactType());
    }

    private Unlinked unlinked(Row row) {
        String sysId = row.text("sys_id");
        return new Unlinked(
                sysId,
                row.text("number"),
                links.to(TABLE, sysId),
                ServiceNowTime.parse(row.text(CREATED)).orElse(Instant.EPOCH));
    }

    private static ConnectorException failure(Throwable thrown) {
        return Failures.of(ServiceNowConnector.VENDOR, thrown);
    }
}
