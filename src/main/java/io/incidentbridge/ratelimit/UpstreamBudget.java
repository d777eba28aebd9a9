package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * The requests that each vendor may get, shared by all replicas through Redis. In any sliding window, as the vendor counts,
 * no more are admitted than it allows, also while Redis is away, comes back, or comes back empty (docs/adr/0003).
 */
@ApplicationScoped
public class UpstreamBudget {

    private static final Logger LOG = Logger.getLogger(UpstreamBudget.class);
    private static final int HEARTBEATS_PER_SILENCE = 4;
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private final BudgetConfig config;
    private final Map<String, SharedBudget> budgets = new TreeMap<>();
    private final Map<String, LearnedLimits> learned = new TreeMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private Cancellable heartbeat = () -> {};

    @Inject
    UpstreamBudget(BudgetConfig config, RedisCommands redis, BridgeMetrics metrics) {
        this(
                config,
                redis,
                BudgetStore.Scripts.load(UnaryOperator.identity()),
                metrics,
                SharedBudget.Surroundings.real(UpstreamBudget::timer));
    }

    UpstreamBudget(
            BudgetConfig config,
            RedisCommands redis,
            BudgetStore.Scripts scripts,
            BridgeMetrics metrics,
            SharedBudget.Surroundings around) {
        this.config = config;
        config.upstreams().forEach((upstream, budget) -> {
            List<BudgetWindow> windows = windows(budget);
            BudgetStore store = new BudgetStore(redis, scripts, upstream, config, budget.shares(), windows);
            List<LocalShare> shares = windows.stream()
                    .map(window -> new LocalShare(window, config.silence().toMillis(), config.replicas(), around.now()))
                    .toList();
            LocalLedger ledger = new LocalLedger(shares, config);
            budgets.put(upstream, new SharedBudget(upstream, budget.shares(), store, ledger, shares, around, metrics));
            learned.put(upstream, new LearnedLimits(store, windows, config.trustVendor(), around::now));
        });
    }

    /**
     * Takes one request out of a vendor's budget, waiting for room as long as the request may.
     *
     * @param scope the ServiceNow table, or "" for none
     * @return fails with {@link BudgetSpentException} when there is no room in time
     */
    public Uni<Void> take(String upstream, String scope, BudgetRequest request) {
        SharedBudget budget = budgets.get(upstream);
        return budget == null ? Uni.createFrom().voidItem() : budget.take(scope, request);
    }

    /**
     * The vendor answered; 429 pauses its budget for every replica. Nobody waits for this.
     *
     * @param retryAfter as the answer said, null for nothing
     */
    public void onAnswer(String upstream, int status, Duration retryAfter) {
        if (status == 429) {
            refusals.computeIfAbsent(upstream, first -> new LongAdder()).increment();
        }
        SharedBudget budget = budgets.get(upstream);
        if (budget != null) {
            inBackground(status == 429 ? budget.refused(retryAfter) : budget.served());
        }
    }

    /** How often the vendor has answered 429 to this replica since it started. */
    public long refusals(String upstream) {
        LongAdder counted = refusals.get(upstream);
        return counted == null ? 0 : counted.sum();
    }

    /** The vendor told a limit of its own for windows of this period. */
    public void onLimit(String upstream, String scope, long limit, Duration period) {
        LearnedLimits limits = learned.get(upstream);
        if (limits != null) {
            inBackground(limits.told(scope, limit, period));
        }
    }

    /** How every vendor's budget stands for all replicas, by name. Fails while Redis is away. */
    public Uni<List<BudgetView>> views() {
        return budgets.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(budgets.values().stream().map(SharedBudget::view).toList())
                        .andFailFast();
    }

    void start(@Observes StartupEvent event) {
        heartbeat = Multi.createFrom()
                .ticks()
                .every(config.silence().dividedBy(HEARTBEATS_PER_SILENCE))
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> beat());
    }

    private void beat() {
        heartbeats().forEach(UpstreamBudget::inBackground);
    }

    /** One heartbeat of every budget. */
    List<Uni<Boolean>> heartbeats() {
        return budgets.values().stream().map(SharedBudget::sync).toList();
    }

    void stop(@Observes ShutdownEvent event) {
        heartbeat.cancel();
        if (!budgets.isEmpty()) {
            Uni.join()
                    .all(budgets.values().stream().map(SharedBudget::leave).toList())
                    .andCollectFailures()
                    .ifNoItem()
                    .after(FAREWELL)
                    .fail()
                    .onFailure()
                    // The others take the share over when this replica has been silent for long enough.
                    .invoke(failure -> LOG.debugf("share of the budget not handed back reason=%s", failure))
                    .onFailure()
                    .recoverWithNull()
                    .await()
                    .indefinitely();
        }
    }

    private List<BudgetWindow> windows(BudgetConfig.Upstream budget) {
        List<BudgetWindow> windows = new ArrayList<>();
        budget.windows()
                .forEach(window ->
                        windows.add(BudgetWindow.of("", window.limit(), window.period(), margin(window.period()))));
        budget.tables()
                .forEach((table, limits) -> limits.forEach(window ->
                        windows.add(BudgetWindow.of(table, window.limit(), window.period(), margin(window.period())))));
        return windows;
    }

    private Duration margin(Duration period) {
        long fortieth = Math.max(250, Math.min(1000, period.toMillis() / 40));
        return config.margin().orElse(Duration.ofMillis(fortieth));
    }

    private static void inBackground(Uni<?> work) {
        work.subscribe().with(done -> {}, failure -> LOG.warn("budget", failure));
    }

    private static Uni<Void> timer(Duration length) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(length);
    }
}
