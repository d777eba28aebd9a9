package io.incidentbridge.servicenow;

import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Which work notes an incident has. A journal column itself reads back empty, and its entries are guarded by rules of their
 * own that answer with an empty list; so the first note written is looked for, and its absence told.
 */
@ApplicationScoped
class WorkNotes {

    private static final Logger LOG = Logger.getLogger(WorkNotes.class);
    private static final String JOURNAL = "sys_journal_field";

    /** Longest wait for room in the budget: well within the timeout of a read, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofMillis(1200);

    private final ServiceNowTables tables;
    private volatile boolean looked;

    WorkNotes(ServiceNowTables tables) {
        this.tables = tables;
    }

    /** Whether the incident has a note with this reference. */
    Uni<Boolean> contain(String sysId, String reference, BudgetRequest budget) {
        String term = EncodedQuery.contains("value", reference);
        EncodedQuery query = EncodedQuery.all()
                .is("element_id", sysId)
                .is("element", "work_notes")
                .anyOf(List.of(term));
        return tables.list(budget.atMost(ROOM), JOURNAL, query, List.of("element_id", "element", "value"), 10)
                .map(rows -> rows.stream().anyMatch(row -> isNote(row, sysId, reference)));
    }

    /** Finds out, at the first note that this replica has written, whether notes can be recognised here. Never fails. */
    Uni<Void> prove(String sysId, String reference, BudgetRequest budget) {
        return looked
                ? Uni.createFrom().voidItem()
                : contain(sysId, reference, budget)
                        .invoke(this::tell)
                        // The next note tries again.
                        .onFailure()
                        .recoverWithItem(false)
                        .replaceWithVoid();
    }

    private void tell(boolean found) {
        looked = true;
        if (!found) {
            LOG.warn("work notes cannot be read in sys_journal_field, so a repeated one is not recognised:"
                    + " give the integration user read access (docs/servicenow-writes.md)");
        }
    }

    private static boolean isNote(Row row, String sysId, String reference) {
        return row.text("element_id").equals(sysId)
                && row.text("element").equals("work_notes")
                && row.text("value").contains(reference);
    }
}
