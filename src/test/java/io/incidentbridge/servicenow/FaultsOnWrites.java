package io.incidentbridge.servicenow;

import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.testing.Vendors;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.List;

/** A ServiceNow that is ill while something is written, and well again when it is looked for. */
final class FaultsOnWrites extends ServiceNowTables {

    private final ServiceNowTables tables;
    private final Vendors vendors;
    private final String faults;

    FaultsOnWrites(ServiceNowTables tables, Vendors vendors, String faults) {
        super(null, null, null);
        this.tables = tables;
        this.vendors = vendors;
        this.faults = faults;
    }

    @Override
    Uni<List<Row>> list(BudgetRequest budget, String table, EncodedQuery query, List<String> fields, int limit) {
        return tables.list(budget, table, query, fields, limit);
    }

    @Override
    Uni<Row> write(BudgetRequest budget, Change change) {
        return aside(() -> vendors.fail("servicenow", faults))
                .chain(() -> tables.write(budget, change))
                .onItemOrFailure()
                .call((done, failure) -> aside(vendors::heal));
    }

    private static Uni<Void> aside(Runnable control) {
        return Uni.createFrom().voidItem().invoke(control).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
