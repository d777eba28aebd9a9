package io.incidentbridge.ratelimit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Callers that want room again as soon as they were served or refused. */
final class Takers {

    private final UpstreamBudget budget;
    private final Lane lane;
    private final Vendor vendor;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

    Takers(UpstreamBudget budget, Lane lane, Vendor vendor) {
        this.budget = budget;
        this.lane = lane;
        this.vendor = vendor;
    }

    void start(int atOnce) {
        for (int i = 0; i < atOnce; i++) {
            again();
        }
    }

    void stop() {
        pace.shutdownNow();
    }

    private void again() {
        budget.take(TestBudgets.VENDOR, "", BudgetRequest.within(lane, Duration.ofMillis(500)))
                .onItem()
                .invoke(() -> vendor.arrived(BudgetRequest.monotonicMillis()))
                .subscribe()
                .with(taken -> later(1), refused -> later(10));
    }

    private void later(long ms) {
        if (!pace.isShutdown()) {
            try {
                pace.schedule(this::again, ms, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.RejectedExecutionException stopped) {
                return;
            }
        }
    }
}
