import io.incidentbridge.redis.RedisFixture;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Counts the decisions of a round and ends the run when they are not what they must be. */
final class LimiterRound {

    private final LimiterSubject subject;
    private final long little;
    private final RedisFixture bridge;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final long start = System.nanoTime();
    private final long answered;
    private final long failed;

    /** @param little the limit that is spent at once, a minute */
    LimiterRound(LimiterSubject subject, long little, RedisFixture bridge) {
        this.subject = subject;
        this.little = little;
        this.bridge = bridge;
        this.answered = commands("ok");
        this.failed = failed();
    }

    CompletableFuture<Boolean> decide() {
        return subject.call().get().toCompletableFuture().whenComplete((admits, failure) -> {
            if (failure == null) {
                (admits ? admitted : refused).incrementAndGet();
            }
        });
    }

    int decisions() {
        return admitted.get() + refused.get();
    }

    void check() {
        // Both the bucket that fills again and the window that moves on give at most twice the limit in a minute.
        double most = little * (2 + (System.nanoTime() - start) / 60e9);
        boolean expected =
                subject.admits() ? refused.get() == 0 : admitted.get() <= most && refused.get() > admitted.get();
        boolean byRedis = !subject.byBridge() || commands("ok") - answered >= decisions() && failed() == failed;
        if (!expected || !byRedis) {
            throw new IllegalStateException("unexpected answers: " + subject.title() + ", " + admitted + " admitted, "
                    + refused + " refused; " + (commands("ok") - answered) + " commands of the bridge's were answered, "
                    + (failed() - failed) + " failed");
        }
    }

    private long failed() {
        return Stream.of("refused", "not_run", "timed_out", "lost", "away")
                .mapToLong(this::commands)
                .sum();
    }

    private long commands(String outcome) {
        return bridge.registry().find("bridge.redis.command").tag("outcome", outcome).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
