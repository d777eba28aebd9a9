package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** One vendor's budget: asks Redis, or where it is away the local ledger, and waits while there is time. */
final class SharedBudget {

    private static final Logger LOG = Logger.getLogger(SharedBudget.class);
    private static final long LONGEST_SPREAD = 400;
    /** An answer that took longer than this was not slow: this process has stood still; ms. */
    private static final long PAUSE = 250;

    private final String upstream;
    private final BudgetConfig.Shares lanes;
    private final BudgetStore store;
    private final LocalLedger ledger;
    private final List<LocalShare> shares;
    private final Surroundings around;
    private final BridgeMetrics metrics;
    private Uni<Boolean> syncUnderWay;
    private volatile double used;

    SharedBudget(
            String upstream,
            BudgetConfig.Shares lanes,
            BudgetStore store,
            LocalLedger ledger,
            List<LocalShare> shares,
            Surroundings around,
            BridgeMetrics metrics) {
        this.upstream = upstream;
        this.lanes = lanes;
        this.store = store;
        this.ledger = ledger;
        this.shares = shares;
        this.around = around;
        this.metrics = metrics;
        metrics.budgetGauges(
                upstream, () -> used, () -> ledger.paused(around.now()) > 0 ? 1 : 0, () -> ledger.away() ? 1 : 0);
    }

    /** @param scope the table, or "" */
    Uni<Void> take(String scope, BudgetRequest request) {
        List<LocalShare> asked = shares.stream()
                .filter(share -> share.window().scope().isEmpty()
                        || share.window().scope().equals(scope))
                .toList();
        return take(asked, request, 0);
    }

    private Uni<Void> take(List<LocalShare> asked, BudgetRequest request, int waits) {
        return ask(asked, request.lane(), waits == 0)
                .flatMap(verdict -> verdict.kind() == Verdict.Kind.ADMITTED
                        ? admitted(request.lane())
                        : later(asked, request, verdict.hint(), waits));
    }

    private Uni<Void> admitted(Lane lane) {
        metrics.budget(upstream, lane.name(), "admitted");
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> later(List<LocalShare> asked, BudgetRequest request, long hint, int waits) {
        long left = request.until() - around.now();
        if (hint > left) {
            metrics.budget(upstream, request.lane().name(), "refused");
            return Uni.createFrom()
                    .failure(new BudgetSpentException(upstream, request.lane(), Duration.ofMillis(hint)));
        }
        if (waits == 0) {
            metrics.budget(upstream, request.lane().name(), "waited");
        }
        double spread = around.random() * Math.min(LONGEST_SPREAD, 25L << Math.min(waits, 6));
        long wait = Math.min(left, hint + (long) spread);
        return around.pause(Duration.ofMillis(wait)).flatMap(rested -> take(asked, request, waits + 1));
    }

    private Uni<Verdict> ask(List<LocalShare> asked, Lane lane, boolean first) {
        if (ledger.away()) {
            return Uni.createFrom().item(() -> alone(lane, asked));
        }
        return askRedis(asked, lane, first)
                .flatMap(verdict -> verdict.kind() == Verdict.Kind.SYNC
                        ? sync().flatMap(heard -> heard ? askRedis(asked, lane, false) : alone())
                        : Uni.createFrom().item(verdict))
                .onFailure(RedisUnavailableException.class)
                .recoverWithUni(this::lost)
                .map(verdict -> switch (verdict.kind()) {
                    case SYNC, AWAY -> alone(lane, asked);
                    case ADMITTED, WAIT -> verdict;
                });
    }

    private Uni<Verdict> askRedis(List<LocalShare> asked, Lane lane, boolean first) {
        String epoch = ledger.epoch();
        List<BudgetWindow> windows = asked.stream().map(LocalShare::window).toList();
        long askedAt = around.now();
        return store.take(windows, epoch, lane, first).map(taken -> {
            Verdict verdict = taken.verdict();
            if (verdict.kind() == Verdict.Kind.SYNC || verdict.kind() == Verdict.Kind.AWAY) {
                return verdict;
            }
            used = taken.used();
            ledger.strikes(taken.strikes());
            if (verdict.kind() == Verdict.Kind.WAIT) {
                return verdict;
            }
            boolean sent = ledger.admitted(around.now(), epoch, asked) && isInTime(askedAt, windows);
            return sent ? verdict : Verdict.waitFor(1);
        });
    }

    /**
     * Whether a request that Redis has admitted still reaches the vendor within the margin. After a pause of this process
     * it would count there when its successor does already; what was taken for it stays taken.
     */
    private boolean isInTime(long askedAt, List<BudgetWindow> windows) {
        long late = around.now() - askedAt;
        return windows.stream().allMatch(window -> late <= Math.max(window.margin(), PAUSE));
    }

    private Verdict alone(Lane lane, List<LocalShare> asked) {
        double part =
                switch (lane) {
                    case EMERGENCY, LOOKUP -> 1;
                    case TICKET -> Math.max(0, 1 - lanes.emergency() - lanes.lookup());
                    case BACKGROUND -> 0;
                };
        return ledger.alone(around.now(), lane, part, asked);
    }

    private static Uni<Verdict> alone() {
        return Uni.createFrom().item(new Verdict(Verdict.Kind.AWAY, 0));
    }

    private Uni<Verdict> lost() {
        if (ledger.lost()) {
            LOG.warnf("budget=%s redis away: on its own share from now on", upstream);
        }
        return alone();
    }

    /** The heartbeat, one at a time; the item says whether Redis was heard. */
    synchronized Uni<Boolean> sync() {
        if (syncUnderWay == null) {
            syncUnderWay = sync(false, 3)
                    .onTermination()
                    .invoke(this::synced)
                    .memoize()
                    .indefinitely();
        }
        return syncUnderWay;
    }

    /** Reports what is left to report and frees this replica's share. */
    Uni<Boolean> leave() {
        return sync(true, 1);
    }

    private synchronized void synced() {
        syncUnderWay = null;
    }

    private Uni<Boolean> sync(boolean leaving, int rounds) {
        return Uni.createFrom()
                .deferred(() -> {
                    SyncCall call = ledger.nextSync(around.now(), leaving);
                    return store.sync(call).map(reply -> ledger.answered(call, reply, around.now()));
                })
                .flatMap(again -> again && rounds > 1
                        ? sync(leaving, rounds - 1)
                        : Uni.createFrom().item(!ledger.away()))
                .onFailure(RedisUnavailableException.class)
                .recoverWithUni(() -> lost().replaceWith(false));
    }

    /** @param retryAfter as the vendor said, null for nothing */
    Uni<Void> refused(Duration retryAfter) {
        double random = around.random();
        ledger.refused(around.now(), retryAfter, random);
        return answered(true, retryAfter, random);
    }

    /** How it stands for all replicas. */
    Uni<BudgetView> view() {
        return store.view(upstream);
    }

    /** Costs nothing unless the vendor had refused before. */
    Uni<Void> served() {
        if (ledger.strikes() == 0) {
            return Uni.createFrom().voidItem();
        }
        ledger.served(around.now());
        return answered(false, null, 0);
    }

    private Uni<Void> answered(boolean refused, Duration retryAfter, double random) {
        return store.answered(refused, retryAfter, random)
                .invoke(state -> {
                    ledger.pausedUntil(around.now() + state[0]);
                    ledger.strikes(state[1]);
                })
                // That this replica is on its own from now on is told where it next asks; it pauses all the same.
                .onFailure(RedisUnavailableException.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Time and chance, so that tests can have their own. */
    interface Surroundings {

        /** Monotonic milliseconds. */
        long now();

        /** 0 to 1. */
        double random();

        Uni<Void> pause(Duration length);

        /** The real ones. */
        static Surroundings real(Function<Duration, Uni<Void>> timer) {
            return new Surroundings() {
                @Override
                public long now() {
                    return BudgetRequest.monotonicMillis();
                }

                @Override
                public double random() {
                    return ThreadLocalRandom.current().nextDouble();
                }

                @Override
                public Uni<Void> pause(Duration length) {
                    return timer.apply(length);
                }
            };
        }
    }
}
