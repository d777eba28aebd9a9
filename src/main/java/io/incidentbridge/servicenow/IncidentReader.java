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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads single incidents again after a hint that they have changed; every failure is a ConnectorException. */
@ApplicationScoped
public class IncidentReader implements IncidentSource {

    private static final String INCIDENTS = "incident";
    private static final String SYS_ID = "sys_id";
    private static final String NUMBER = "number";
    private static final Pattern SYS_IDS = Pattern.compile("[0-9a-zA-Z]{32}");

    /** A prefix and digits, for example INC0010042; too short to be taken for a sys_id. */
    private static final Pattern NUMBERS = Pattern.compile("[A-Za-z]{1,10}[0-9]{1,20}");

    private static final List<String> FIELDS =
            List.of(SYS_ID, NUMBER, "caller_id", "priority", "state", "active", "sys_mod_count");

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

    /** @param key a sys_id, as webhooks tell it, or a number, as people and flows do; UNKNOWN when several have that number */
    @Override
    public Uni<Status> status(String key) {
        BudgetRequest request = BudgetRequest.within(Lane.EMERGENCY, ROOM);
        String number = key.toUpperCase(Locale.ROOT);
        return (NUMBERS.matcher(key).matches() ? read(NUMBER, number, request) : read(key, request))
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
        return SYS_IDS.matcher(sysId).matches()
                ? read(SYS_ID, sysId, request)
                : Uni.createFrom().item(Optional.empty());
    }

    /** Nothing in ServiceNow keeps numbers unique, so two of one number are none. */
    private Uni<Optional<Row>> read(String field, String value, BudgetRequest request) {
        return tables.list(request, INCIDENTS, EncodedQuery.all().is(field, value), FIELDS, 2)
                .map(rows -> {
                    List<Row> asked = rows.stream()
                            .filter(row -> row.text(field).equals(value))
                            .toList();
                    metrics.rowsNotAskedFor(name(), INCIDENTS, rows.size() - asked.size());
                    return asked.size() == 1 ? Optional.of(asked.get(0)) : Optional.<Row>empty();
                })
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }

    private static boolean isOpen(Row row) {
        return row.text("active").equals("true") && !OVER.contains(row.text("state"));
    }

    private static CallerIncident incident(Row row) {
        return new CallerIncident(
                row.text(SYS_ID),
                row.text(NUMBER),
                row.text("caller_id"),
                (int) number(row.text("priority")),
                isOpen(row),
                number(row.text("sys_mod_count")));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }
}
