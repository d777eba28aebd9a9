package io.incidentbridge.journey;

import io.incidentbridge.testing.BridgeProcess;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Calls that keep arriving: lookups, wrap-ups, and a number enrolled now and then. Nothing is sent twice. */
final class Traffic implements AutoCloseable {

    private static final long EVERY_MILLIS = 100;
    private static final int ENROL_EVERY = 10;
    private static final int WRAP_UP_EVERY = 5;
    private static final int FIRST_EMPLOYEE = 100_001;

    private final Supplier<BridgeProcess> target;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> enrolled = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Set<String> wrappedUp = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile String key = "sandbox-data-action";

    Traffic(Supplier<BridgeProcess> target) {
        this.target = target;
    }

    void start() {
        clock.scheduleAtFixedRate(this::call, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on requests show this key; waits for the answers to those that showed another one. */
    void useKey(String newKey) {
        key = newKey;
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> underWay.entrySet().stream()
                .allMatch(entry ->
                        entry.getKey().equals(newKey) || entry.getValue().get() == 0));
    }

    void awaitAnswers(int more) {
        int enough = answered.get() + more;
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> answered.get() >= enough);
    }

    /** Ends the calls and waits for the answers that are still due. */
    void stop() {
        clock.shutdown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> clock.isTerminated() && answered.get() == sent.get());
    }

    /** What was not answered with 200, or not at all. */
    Queue<String> failures() {
        return failures;
    }

    /** Numbers of which the bridge said that they are in the user's profile now. */
    Set<String> enrolled() {
        return enrolled;
    }

    /** Conversations whose wrap-up the bridge has accepted. */
    Set<String> wrappedUp() {
        return wrappedUp;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void call() {
        int number = sent.getAndIncrement();
        if (number % ENROL_EVERY == 0) {
            enrol(number / ENROL_EVERY);
        } else if (number % WRAP_UP_EVERY == 1) {
            wrapUp();
        } else if (number % 2 == 0) {
            send("/v1/callers/lookup", new JsonObject().put("ani", "+14155550123"));
        } else {
            send("/v1/callers/lookup", new JsonObject().put("ani", "+1415555" + (2000 + number)));
        }
    }

    private void enrol(int count) {
        String number = "+1415555" + (7000 + count);
        JsonObject request = new JsonObject()
                .put("employeeId", "E" + (FIRST_EMPLOYEE + count))
                .put("ani", number);
        send("/v1/callers/enrol", request)
                .thenAccept(answer -> {
                    if (new JsonObject(answer.body()).getString("status").equals("ENROLLED")) {
                        enrolled.add(number);
                    }
                })
                .exceptionally(failed -> null);
    }

    private void wrapUp() {
        String conversation = UUID.randomUUID().toString();
        JsonObject request = new JsonObject()
                .put("conversationId", conversation)
                .put("wrapUpCode", "email")
                .put("ani", "+14155550123");
        send("/v1/wrapups", request)
                .thenAccept(answer -> {
                    if (answer.statusCode() == 200) {
                        wrappedUp.add(conversation);
                    }
                })
                .exceptionally(failed -> null);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, JsonObject request) {
        String shown = key;
        AtomicInteger waiting = underWay.computeIfAbsent(shown, unused -> new AtomicInteger());
        waiting.incrementAndGet();
        return target.get().post(path, request.encode(), shown).whenComplete((answer, failure) -> {
            if (failure != null) {
                failures.add(path + ": " + failure);
            } else if (answer.statusCode() != 200) {
                failures.add(path + ": " + answer.statusCode() + " " + answer.body());
            }
            waiting.decrementAndGet();
            answered.incrementAndGet();
        });
    }
}
