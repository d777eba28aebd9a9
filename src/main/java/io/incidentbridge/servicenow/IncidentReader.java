package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.CallerIncident;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads single incidents again after a hint that they have changed; every failure is a ConnectorException. */
@ApplicationScoped
public class IncidentReader implements IncidentSource {

    private static final String INCIDENTS = "incident";
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-zA-Z]{32}");
    private static final List<String> FIELDS =
            List.of("sys_id", "number", "caller_id", "priority", "state", "active", "sys_mod_count");

    /** Resolved, closed, canceled: a resolved incident is still active. */
    private static final Set<String> OVER = Set.of("6", "7", "8");

    private static final Duration ROOM = Duration.ofMillis(1200);

    private final ServiceNowTables tables;
    private final BridgeMetrics metrics;

    IncidentReader(ServiceNowTables tables, BridgeMetrics metrics) {
        this.tables = tables;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return ServiceNowConnector.VENDOR;
    }

    @Override
    public Uni<Status> status(String key) {
        return read(key, BudgetRequest.within(Lane.EMERGENCY, ROOM))
                .map(row -> row.map(found -> isOpen(found) ? Status.OPEN : Status.RESOLVED)
                        .orElse(Status.UNKNOWN));
    }

    /** @return empty when the incident is absent or hidden, and for a key that is none */
    public Uni<Optional<CallerIncident>> incident(String sysId, BudgetRequest request) {
        return read(sysId, request).map(row -> row.map(IncidentReader::incident));
    }

    /**
     * The incidents that were changed last, the newest first. No time is compared: ServiceNow reads one in a query in the
     * integration user's time zone.
     *
     * @param most 1 to 1000
     */
    public Uni<List<CallerIncident>> changedLast(int most, BudgetRequest request) {
        return tables.list(request, INCIDENTS, EncodedQuery.all().newestFirst("sys_updated_on"), FIELDS, most)
                .map(rows -> rows.stream().map(IncidentReader::incident).toList())
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }

    private Uni<Optional<Row>> read(String sysId, BudgetRequest request) {
        if (!SYS_ID.matcher(sysId).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return tables.list(request, INCIDENTS, EncodedQuery.all().is("sys_id", sysId), FIELDS, 2)
                .map(rows -> {
                    Optional<Row> asked = rows.stream()
                            .filter(row -> row.text("sys_id").equals(sysId))
                            .findFirst();
                    metrics.rowsNotAskedFor(name(), INCIDENTS, rows.size() - (asked.isPresent() ? 1 : 0));
                    return asked;
                })
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }

    private static boolean isOpen(Row row) {
        return row.text("active").equals("true") && !OVER.contains(row.text("state"));
    }

    private static CallerIncident incident(Row row) {
        return new CallerIncident(
                row.text("sys_id"),
                row.text("number"),
                row.text("caller_id"),
                (int) number(row.text("priority")),
                isOpen(row),
                number(row.text("sys_mod_count")));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }
}
