import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Requests at a steady rate, whatever becomes of those before. Each one's clock starts when it was due, so that a stall counts
 * for all it delays (no coordinated omission).
 */
final class OpenLoop {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Told of each answer, on any thread. */
    interface Listener {

        /**
         * @param nanos from when the request was due until its answer had come
         * @param reply null when none came
         */
        void onAnswer(int turn, long nanos, Client.Reply reply);
    }

    private OpenLoop() {}

    /** Returns when everything is answered; the request with turn 0 is due at once. */
    static void offer(
            double perSecond,
            Duration length,
            IntFunction<CompletableFuture<Client.Reply>> request,
            Listener listener) {
        int total = (int) Math.round(perSecond * length.toNanos() / 1e9);
        AtomicInteger left = new AtomicInteger(total);
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        long start = System.nanoTime();
        for (int turn = 0; turn < total; turn++) {
            int current = turn;
            long due = start + (long) (turn * 1e9 / perSecond);
            waitUntil(due);
            request.apply(turn).whenComplete((reply, failure) -> {
                long end = reply == null ? System.nanoTime() : reply.at();
                try {
                    listener.onAnswer(current, end - due, reply);
                } catch (RuntimeException e) {
                    broken.compareAndSet(null, e);
                }
                left.decrementAndGet();
            });
        }
        long last = System.nanoTime() + PATIENCE.toNanos();
        while (left.get() > 0) {
            if (System.nanoTime() > last) {
                throw new IllegalStateException(left + " requests were never answered");
            }
            waitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5));
        }
        if (broken.get() != null) {
            throw broken.get();
        }
    }

    /** As many at once as are given, each followed by the next one, until all have been made. */
    static void saturate(
            int total, int atOnce, IntFunction<CompletableFuture<Client.Reply>> request, Listener listener) {
        AtomicInteger next = new AtomicInteger();
        CompletableFuture<?>[] lines = new CompletableFuture<?>[Math.min(atOnce, total)];
        for (int line = 0; line < lines.length; line++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            lines[line] = done;
            follow(next, total, request, listener, done);
        }
        CompletableFuture.allOf(lines).join();
    }

    private static void follow(
            AtomicInteger next,
            int total,
            IntFunction<CompletableFuture<Client.Reply>> request,
            Listener listener,
            CompletableFuture<Void> done) {
        int turn = next.getAndIncrement();
        if (turn >= total) {
            done.complete(null);
            return;
        }
        long begin = System.nanoTime();
        request.apply(turn).whenComplete((reply, failure) -> {
            listener.onAnswer(turn, System.nanoTime() - begin, reply);
            follow(next, total, request, listener, done);
        });
    }

    private static void waitUntil(long nanoTime) {
        long left;
        while ((left = nanoTime - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }
}
