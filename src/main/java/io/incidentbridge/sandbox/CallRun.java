package io.incidentbridge.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The tally of one generation of calls; durations are those of the bridge's answers, whichever endpoint gave them. */
final class CallRun {

    private final CallOrder order;
    private final Map<String, Long> lookups = new TreeMap<>();
    private final Map<String, Long> wrapUps = new TreeMap<>();
    private final int[] durations;
    private int answers;
    private int started;
    private int ended;
    private int failed;
    private int wrapUpsUnavailable;
    private String failure = "";

    CallRun(CallOrder order) {
        this.order = order;
        this.durations = new int[order.count() * 2];
    }

    CallOrder order() {
        return order;
    }

    synchronized boolean tryStart(int dueByNow, int mostAtOnce) {
        boolean due = started < Math.min(dueByNow, order.count()) && started - ended < mostAtOnce;
        started += due ? 1 : 0;
        return due;
    }

    synchronized boolean over() {
        return ended == order.count();
    }

    synchronized void callEnded() {
        ended++;
    }

    /** Nothing was begun and nothing will be. */
    synchronized void callOff(String reason) {
        started = ended = failed = order.count();
        failure = reason;
    }

    synchronized void callFailed(String reason) {
        failed++;
        failure = reason;
    }

    synchronized void lookedUp(String status) {
        lookups.merge(status, 1L, Long::sum);
    }

    synchronized void wrappedUp(String status) {
        wrapUps.merge(status, 1L, Long::sum);
    }

    synchronized void wrapUpUnavailable() {
        wrapUpsUnavailable++;
    }

    synchronized void took(long millis) {
        durations[answers++] = (int) Math.min(millis, Integer.MAX_VALUE);
    }

    synchronized JsonObject toJson() {
        int[] sorted = Arrays.copyOf(durations, answers);
        Arrays.sort(sorted);
        return new JsonObject()
                .put("running", !over())
                .put("started", started)
                .put("lookups", new JsonObject(new TreeMap<>(lookups)))
                .put("wrapUps", new JsonObject(new TreeMap<>(wrapUps)))
                .put("wrapUpsUnavailable", wrapUpsUnavailable)
                .put("failed", failed)
                .put("lastFailure", failure)
                .put("p50Ms", percentile(sorted, 0.50))
                .put("p99Ms", percentile(sorted, 0.99));
    }

    static JsonObject none() {
        return new CallRun(new CallOrder(0, 1, "none", 0)).toJson();
    }

    private static int percentile(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
