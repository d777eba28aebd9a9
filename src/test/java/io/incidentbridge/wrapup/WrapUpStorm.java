package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.attributes;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.History;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Wrap-ups on two replicas of the packaged application while everything breaks that can: ServiceNow refuses at random and
 * loses replies, Genesys too, and every 15 s a replica is killed with -9. For the test of it, and for bench/wrapups.
 */
public final class WrapUpStorm implements AutoCloseable {

    private static final Duration KILL_EVERY = Duration.ofSeconds(15);
    private static final int AGENTS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final SandboxResource sandbox = new SandboxResource();
    private final Map<String, String> properties = new HashMap<>();
    private final AtomicReferenceArray<BridgeProcess> replicas = new AtomicReferenceArray<>(2);
    private final Set<String> seeded = new HashSet<>();
    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger resent = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> answerMicros = new ConcurrentLinkedQueue<>();
    private final Vendors vendors;

    public WrapUpStorm() {
        properties.putAll(sandbox.start());
        // So that what a killed replica had in hand is taken over while somebody is still watching.
        properties.put("bridge.outbox.claim", "6s");
        properties.put("bridge.outbox.handler-deadline", "5s");
        properties.put("bridge.outbox.backoff", "100ms");
        properties.put("bridge.outbox.longest-backoff", "1s");
        properties.put("bridge.inbound.mode", "off");
        // Killed replicas keep their shares of the budget until they are taken for dead; two of two leave nothing over.
        properties.put("bridge.budget.absence", "5s");
        // Over the hour, too: tickets are spread over it, and ten thousand at once would take their time.
        properties.put("bridge.budget.upstreams.servicenow.windows[1].limit", "10000000");
        vendors = sandbox.vendors();
        for (int i = 0; i < replicas.length(); i++) {
            replicas.set(i, BridgeProcess.start(properties));
        }
    }

    /**
     * What it was like.
     *
     * @param tickets  incidents by correlation id, without the seed's
     * @param strays   incidents more than before that have no correlation id
     * @param killed   replicas
     * @param resent   requests that were not answered with 200 and sent again
     * @param sending  until the last wrap-up was accepted
     * @param draining from then until every conversation had its ticket
     */
    public record Outcome(
            List<JsonObject> calls,
            Map<String, List<JsonObject>> tickets,
            int strays,
            int killed,
            int resent,
            Duration sending,
            Duration draining,
            double p50Millis,
            double p99Millis) {

        /** Of all calls, which were sent until they were accepted. */
        public History history() {
            History history = new History();
            calls.forEach(call -> history.accepted(call.getString("conversationId")));
            tickets.forEach((conversation, incidents) ->
                    incidents.forEach(incident -> history.ticket(conversation, incident.getString("number"))));
            return history;
        }
    }

    /** @param perSecond wrap-ups, repeats included; a call's repeat comes at any time, also before its first one */
    public Outcome run(int conversations, int repeats, int perSecond) throws InterruptedException {
        vendors.reset();
        seeded.clear();
        seeded.addAll(tickets().keySet());
        int before = withoutCorrelation();
        String caller = WrapUps.callerOf(vendors);
        List<JsonObject> calls = IntStream.range(0, conversations)
                .mapToObj(number -> call(number, caller))
                .toList();
        List<JsonObject> sent = new ArrayList<>(calls);
        sent.addAll(calls.subList(0, repeats));
        Collections.shuffle(sent, new Random(4));
        vendors.fail(
                "servicenow",
                "{\"latencyMs\":20,\"failureRate\":0.1,\"failureStatus\":503,\"lostReplyRate\":0.05,"
                        + "\"rateLimit\":1000000}");
        vendors.fail("genesys", "{\"lostReplyRate\":0.05,\"failureRate\":0.05,\"rateLimit\":1000000}");

        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        killer.scheduleAtFixedRate(this::killTheNext, KILL_EVERY.toSeconds(), KILL_EVERY.toSeconds(), TimeUnit.SECONDS);
        long begin = System.nanoTime();
        sendUntilTaken(sent, perSecond);
        Duration sending = Duration.ofNanos(System.nanoTime() - begin);
        killer.shutdown();
        killer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        vendors.fail("servicenow", "{\"rateLimit\":1000000}");
        vendors.fail("genesys", "{\"rateLimit\":1000000}");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> tickets().size() >= conversations);
        Duration draining = Duration.ofNanos(System.nanoTime() - begin).minus(sending);
        awaitLinks(calls);
        long[] sorted =
                answerMicros.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Outcome(
                calls,
                tickets(),
                withoutCorrelation() - before,
                killed.get(),
                resent.get(),
                sending,
                draining,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99));
    }

    private void awaitLinks(List<JsonObject> calls) {
        Map<String, List<JsonObject>> tickets = tickets();
        List<JsonObject> unlinked = new ArrayList<>(calls);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            unlinked.removeIf(call -> tickets.get(call.getString("conversationId"))
                    .get(0)
                    .getString("number")
                    .equals(attributes(vendors, call).getString("ServiceNow.IncidentNumber")));
            return unlinked.isEmpty();
        });
    }

    /** As Data Actions come: evenly, and whatever was not answered with 200 is sent again. */
    private void sendUntilTaken(List<JsonObject> wrapUps, int perSecond) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(wrapUps.size());
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        // As many agents as wrap up at once: whoever is not answered tries again before taking the next call.
        Semaphore agents = new Semaphore(AGENTS);
        Runnable one = () -> {
            if (next.get() < wrapUps.size() && agents.tryAcquire()) {
                int turn = next.getAndIncrement();
                send(wrapUps.get(turn), turn, System.nanoTime(), clock, () -> {
                    agents.release();
                    left.countDown();
                });
            }
        };
        clock.scheduleAtFixedRate(one, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
        boolean all = left.await(PATIENCE.toSeconds() + wrapUps.size() / perSecond, TimeUnit.SECONDS);
        clock.shutdownNow();
        if (!all) {
            throw new AssertionError(left.getCount() + " wrap-ups were not taken");
        }
    }

    /** @param begin of the first try: an agent waits through the repeats, too */
    private void send(JsonObject wrapUp, int turn, long begin, ScheduledExecutorService clock, Runnable onTaken) {
        replicas.get(turn % replicas.length())
                .post("/v1/wrapups", wrapUp.encode())
                .handle((answer, failure) -> failure == null && answer.statusCode() == 200)
                .thenAccept(taken -> {
                    if (taken) {
                        answerMicros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
                        onTaken.run();
                    } else {
                        resent.incrementAndGet();
                        clock.schedule(() -> send(wrapUp, turn + 1, begin, clock, onTaken), 500, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private void killTheNext() {
        try {
            int unlucky = killed.getAndIncrement() % replicas.length();
            replicas.get(unlucky).kill();
            replicas.set(unlucky, BridgeProcess.start(properties));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, List<JsonObject>> tickets() {
        return vendors.records("incident", "correlation_idISNOTEMPTY").stream()
                .map(JsonObject.class::cast)
                .filter(incident -> !seeded.contains(incident.getString("correlation_id")))
                .collect(Collectors.groupingBy(incident -> incident.getString("correlation_id")));
    }

    private int withoutCorrelation() {
        return vendors.records("incident", "correlation_idISEMPTY").size();
    }

    private JsonObject call(int number, String caller) {
        return WrapUps.call(vendors, caller)
                .put("wrapUpCode", "topic-" + number % 50)
                .put("customerName", "Caller " + number)
                .put("transcriptSummary", "What caller " + number + " said.")
                .put("waitMs", 200);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1000.0;
    }

    @Override
    public void close() {
        for (int i = 0; i < replicas.length(); i++) {
            replicas.get(i).close();
        }
        sandbox.stop();
    }
}
