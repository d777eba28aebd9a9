package io.incidentbridge.emergency;

import io.incidentbridge.metrics.EmergencyMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What one pass leaves behind for the next one, on whatever replica, and for those who watch. */
final class Report {

    private static final Logger LOG = Logger.getLogger(EmergencyReconciler.class);
    private static final int LONGEST_EXPONENT = 3;

    private final String group;
    private final Snapshot snapshot;
    private final DesiredRouting desired;
    private final List<Outcome> outcomes;
    private final EmergencyConfig config;
    private final Instant now;
    private final boolean settled;
    private final Instant unsettled;
    private final int attempt;
    private final boolean alert;

    /** @param took since the snapshot */
    Report(
            String group,
            Snapshot snapshot,
            DesiredRouting desired,
            List<Outcome> outcomes,
            EmergencyConfig config,
            Duration took) {
        this.group = group;
        this.snapshot = snapshot;
        this.desired = desired;
        this.outcomes = outcomes;
        this.config = config;
        this.now = snapshot.now().plus(took);
        this.settled = outcomes.stream().allMatch(outcome -> outcome.result().settled());
        this.unsettled = settled ? null : unsettledSince();
        this.attempt = settled ? 0 : snapshot.revision() > snapshot.reported() ? 1 : snapshot.attempt() + 1;
        this.alert = !settled && !snapshot.alerted() && !now.isBefore(unsettled.plus(config.alertAfter()));
    }

    private Instant unsettledSince() {
        if (snapshot.unsettled() != null) {
            return snapshot.unsettled();
        }
        return snapshot.revision() > snapshot.reported() ? snapshot.changed() : snapshot.now();
    }

    String group() {
        return group;
    }

    /** 1, 2, 4, 8, 8, ... s while something is not as desired, and once at the moment of the alert. */
    Duration next() {
        if (settled) {
            return config.tick();
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(attempt - 1, LONGEST_EXPONENT));
        Duration untilAlert = Duration.between(now, unsettled.plus(config.alertAfter()));
        return untilAlert.isNegative() || untilAlert.isZero() || pause.compareTo(untilAlert) < 0 ? pause : untilAlert;
    }

    Map<String, String> fields(Function<Object, String> json) {
        Map<String, Known> targets = new TreeMap<>();
        outcomes.forEach(outcome -> targets.put(outcome.target(), outcome.known(snapshot.known(outcome.target()))));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("targets", json.apply(targets));
        fields.put("reported", Long.toString(snapshot.revision()));
        fields.put("attempt", Integer.toString(attempt));
        fields.put("unsettled", millis(unsettled));
        fields.put("alerted", !settled && (alert || snapshot.alerted()) ? "1" : "0");
        fields.put("active", millis(activeSince()));
        List<Trace> traces = traces();
        if (!traces.isEmpty()) {
            fields.put("unaudited", json.apply(traces));
        }
        return fields;
    }

    private Instant activeSince() {
        if (!desired.routing().active()) {
            return settled ? null : snapshot.activeSince();
        }
        return snapshot.activeSince() == null && settled ? now : snapshot.activeSince();
    }

    /** Those of an earlier pass first that never reached the trail. */
    List<Trace> traces() {
        List<Trace> traces = new ArrayList<>(snapshot.unaudited());
        outcomes.forEach(outcome -> Traces.of(group, desired, snapshot.known(outcome.target()), outcome)
                .ifPresent(traces::add));
        if (alert) {
            traces.add(Traces.late(group, desired, waitingFor()));
        }
        return traces;
    }

    /**
     * What was sent and is read as wanted now.
     *
     * @param own this pass's mark
     * @return the marks that this pass knows of, by target
     */
    Map<String, String> read(String own) {
        Map<String, String> read = new TreeMap<>();
        outcomes.stream()
                .filter(Outcome::isAsWanted)
                .filter(outcome -> outcome.sent() != null || snapshot.isSent(outcome.target()))
                .forEach(outcome -> read.put(
                        outcome.target(),
                        outcome.sent() != null ? own : snapshot.sent().get(outcome.target())));
        return read;
    }

    /** Targets to which something was sent. */
    List<String> sent() {
        return outcomes.stream()
                .filter(outcome -> outcome.sent() != null)
                .map(Outcome::target)
                .toList();
    }

    /** What was sent although the lease was lost. */
    List<Trace> stale() {
        return outcomes.stream()
                .filter(outcome -> outcome.sent() != null)
                .map(outcome -> Traces.stale(group, desired, outcome))
                .toList();
    }

    void log(EmergencyMetrics metrics) {
        outcomes.forEach(outcome -> {
            Result result = outcome.result();
            metrics.pass(group, outcome.target(), result.name());
            LOG.logf(
                    level(result, outcome),
                    "emergency pass group=%s target=%s result=%s desired=%s attempt=%d cause=\"%s\" reason=\"%s\"",
                    group,
                    outcome.target(),
                    result,
                    Traces.text(outcome.wanted()),
                    attempt,
                    desired.reason(),
                    outcome.reason());
        });
        if (alert) {
            metrics.alert(group);
            LOG.errorf(
                    "Genesys is not as desired for %d s group=%s desired=%s waitingFor=\"%s\"",
                    Duration.between(unsettled, now).toSeconds(), group, Traces.text(desired.routing()), waitingFor());
        }
        if (settled && snapshot.revision() > snapshot.reported() && snapshot.reported() > 0
                || settled && snapshot.unsettled() != null) {
            metrics.transition(group, desired.routing().active(), Duration.between(snapshot.changed(), now));
        }
    }

    private static Logger.Level level(Result result, Outcome outcome) {
        return switch (result) {
            case IN_SYNC -> outcome.sent() == null ? Logger.Level.DEBUG : Logger.Level.INFO;
            case REPAIRED, DRIFTED, APPLYING -> Logger.Level.WARN;
            case FAILED -> Logger.Level.ERROR;
        };
    }

    private String waitingFor() {
        return outcomes.stream()
                .filter(outcome -> !outcome.result().settled())
                .map(outcome -> outcome.target() + ": " + outcome.reason())
                .collect(Collectors.joining("; "));
    }

    private static String millis(Instant time) {
        return time == null ? "0" : Long.toString(time.toEpochMilli());
    }
}
