package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Files on incidents. ServiceNow takes a file of the same name again, so the name is looked for first: the same list sent
 * twice is there once, unless the first one was still under way when the second was asked for.
 */
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

    /**
     * Attaches a CSV file to an incident, unless it has one of that name.
     *
     * @param fileName letters, digits, {@code _ . : -}; the same for the same content
     * @return fails with a {@link io.incidentbridge.itsm.ConnectorException}
     */
    public Uni<Void> attachOnce(String incidentSysId, String fileName, String csv, BudgetRequest budget) {
        EncodedQuery query =
                EncodedQuery.all().is("table_sys_id", incidentSysId).is("file_name", fileName);
        return tables.list(budget, TABLE, query, List.of("table_sys_id", "file_name"), 1)
                .map(rows -> rows.stream()
                        .anyMatch(row -> row.text("table_sys_id").equals(incidentSysId)
                                && row.text("file_name").equals(fileName)))
                .flatMap(there -> there ? Uni.createFrom().voidItem() : add(incidentSysId, fileName, csv, budget))
                .onFailure()
                .transform(thrown -> Failures.of(ServiceNowConnector.VENDOR, thrown));
    }

    private Uni<Void> add(String incidentSysId, String fileName, String csv, BudgetRequest budget) {
        return Attempt.of(
                        ServiceNowConnector.VENDOR,
                        () -> client.add(budget.header(), "incident", incidentSysId, fileName, csv))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .replaceWithVoid();
    }
}
