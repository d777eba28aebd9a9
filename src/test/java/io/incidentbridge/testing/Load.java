package io.incidentbridge.testing;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Lookups at a steady rate, as calls arrive: whatever becomes of those before, and in turn to each replica. */
public final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(35);
    /** For a hundred lookups at once. */
    private static final Duration QUICK = Duration.ofMillis(100);

    private static final int ROUNDS = 20;

    private static final AtomicInteger UNKNOWN = new AtomicInteger();

    private final List<BridgeProcess> replicas;
    private final IntFunction<String> numbers;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private Load(List<BridgeProcess> replicas, IntFunction<String> numbers) {
        this.replicas = List.copyOf(replicas);
        this.numbers = numbers;
    }

    /** @param numbers of the first call, the second, ... */
    public static Load offer(int perSecond, List<BridgeProcess> replicas, IntFunction<String> numbers) {
        Load load = new Load(replicas, numbers);
        load.clock.scheduleAtFixedRate(load::call, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    /** A number that nobody has, each time another one: one search at the vendor. */
    public static String unknownNumber() {
        return "+1415%07d".formatted(2_000_001 + UNKNOWN.getAndIncrement());
    }

    /** Waits while the load goes on. */
    public static void goOnFor(Duration length) {
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(length.plusSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() - start >= length.toNanos());
    }

    /**
     * Has the replicas run their code until it is quick, or often enough: what a machine that is still compiling does is
     * nobody's measure. Costs the vendor next to nothing.
     */
    public static void warmUp(List<BridgeProcess> replicas) {
        for (BridgeProcess replica : replicas) {
            Stream.generate(() -> isQuick(replica)).limit(ROUNDS).anyMatch(quick -> quick);
        }
    }

    private static boolean isQuick(BridgeProcess replica) {
        long start = System.nanoTime();
        List<CompletableFuture<Answer>> calls = Stream.generate(() -> lookup(replica, "+14152000000"))
                .limit(100)
                .toList();
        boolean served = calls.stream().allMatch(call -> call.join().http() == 200);
        return served && System.nanoTime() - start < QUICK.toNanos();
    }

    /** One lookup; its failure is an answer, too. */
    public static CompletableFuture<Answer> lookup(BridgeProcess replica, String ani) {
        long start = System.nanoTime();
        return replica.post(
                        "/v1/callers/lookup", new JsonObject().put("ani", ani).encode())
                .handle((response, failure) -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    return failure == null
                            ? Answer.of(ani, took, response.statusCode(), response.body())
                            : Answer.of(ani, took, 0, failure.toString());
                });
    }

    /** What has been answered so far. */
    public List<Answer> answers() {
        return new ArrayList<>(answers);
    }

    /** Ends the load and answers everything that came of it. */
    public List<Answer> end() {
        close();
        Awaitility.await().atMost(PATIENCE).until(() -> answers.size() == sent.get());
        return answers();
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call() {
        int call = sent.getAndIncrement();
        lookup(replicas.get(call % replicas.size()), numbers.apply(call)).thenAccept(answers::add);
    }
}
