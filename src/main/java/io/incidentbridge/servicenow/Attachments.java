package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Files on incidents. ServiceNow takes a file of the same name again: who must have it once looks for it first. */
@ApplicationScoped
public class Attachments {

    private static final String TABLE = "sys_attachment";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final AttachmentClient client;
    private final ServiceNowTables tables;

    Attachments(@RestClient AttachmentClient client, ServiceNowTables tables) {
        this.client = client;
        this.tables = tables;
    }

    /** Whether an incident has a file of that name. */
    public Uni<Boolean> has(String incidentSysId, String fileName, BudgetRequest budget) {
        EncodedQuery query =
                EncodedQuery.all().is("table_sys_id", incidentSysId).is("file_name", fileName);
        return tables.list(budget, TABLE, query, List.of("table_sys_id", "file_name"), 1)
                .map(rows -> rows.stream()
                        .anyMatch(row -> row.text("table_sys_id").equals(incidentSysId)
                                && row.text("file_name").equals(fileName)))
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }

    /**
     * Attaches a CSV file to an incident.
     *
     * @param fileName letters, digits, {@code _ . : -}; the same for the same content
     * @return fails with a {@link io.incidentbridge.itsm.ConnectorException}
     */
    public Uni<Void> attach(String incidentSysId, String fileName, String csv, BudgetRequest budget) {
        return Attempt.of(
                        ServiceNowConnector.VENDOR,
                        () -> client.add(budget.header(), "incident", incidentSysId, fileName, csv))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .replaceWithVoid()
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }
}
