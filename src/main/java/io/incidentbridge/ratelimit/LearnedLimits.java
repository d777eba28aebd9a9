package io.incidentbridge.ratelimit;

import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits that a vendor tells about itself. One that is lower than configured holds as long as the vendor repeats it. It is
 * forgotten a minute after the last answer: a budget that a learned limit has closed hears of no better one, so it must
 * open by itself; if the limit still holds, that costs one refusal, which pauses the budget anyway. A higher one counts only when the vendor is trusted. A window of that period
 * must be configured: a limit that nobody expected is not made up.
 */
final class LearnedLimits {

    /** The same news is not written more often, ms. */
    private static final long REPEAT = 10_000;

    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final BudgetStore store;
    private final List<BudgetWindow> windows;
    private final boolean trusted;
    private final LongSupplier now;
    private final Map<String, Told> latest = new ConcurrentHashMap<>();

    LearnedLimits(BudgetStore store, List<BudgetWindow> windows, boolean trusted, LongSupplier now) {
        this.store = store;
        this.windows = windows;
        this.trusted = trusted;
        this.now = now;
    }

    Uni<Void> told(String scope, long limit, Duration period) {
        return windowFor(scope, period)
                .filter(window -> limit > 0 && isNews(window, limit))
                .map(window -> store.learn(window, trusted ? limit : Math.min(limit, window.limit()), BELIEVED)
                        // That Redis is away is told by its breaker; the vendor repeats its limit with every answer.
                        .onFailure(RedisUnavailableException.class)
                        .recoverWithNull())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** The table's own window where there is one: a vendor's rule is for the resource that was asked for. */
    private Optional<BudgetWindow> windowFor(String scope, Duration period) {
        return windows.stream()
                .filter(window -> window.period() == period.toMillis())
                .filter(window -> window.scope().equals(scope) || window.scope().isEmpty())
                .max(Comparator.comparing(window -> window.scope().length()));
    }

    private boolean isNews(BudgetWindow window, long limit) {
        Told before = latest.get(window.id());
        if (before != null && before.limit == limit && now.getAsLong() - before.at < REPEAT) {
            return false;
        }
        latest.put(window.id(), new Told(limit, now.getAsLong()));
        return true;
    }

    private record Told(long limit, long at) {}
}
