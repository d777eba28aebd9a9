package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Change;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What of a pass belongs in the audit trail: only what was read back counts as done. */
final class Traces {

    private static final String BRIDGE = "bridge";

    private Traces() {}

    static Optional<Trace> of(String group, DesiredRouting desired, Known before, Outcome outcome) {
        return switch (outcome.result()) {
            case IN_SYNC -> isTransition(before, outcome) ? done(group, desired, before, outcome) : Optional.empty();
            case REPAIRED -> trace(group, "emergency.repaired", BRIDGE, outcome, desired.reason());
            case DRIFTED ->
                before.result() == Result.DRIFTED && outcome.after().routing().equals(before.seen())
                        ? Optional.empty()
                        : trace(group, "emergency.drifted", BRIDGE, outcome, "changed in Genesys by somebody else");
            case FAILED ->
                before.result() == Result.FAILED && outcome.reason().equals(before.reason())
                        ? Optional.empty()
                        : trace(group, "emergency.failed", BRIDGE, outcome, desired.reason() + "; " + outcome.reason());
            case APPLYING -> Optional.empty();
        };
    }

    /** A write of a pass that had lost its lease: no success, whatever Genesys made of it. */
    static Trace stale(String group, DesiredRouting desired, Outcome outcome) {
        Change sent = outcome.sent();
        return new Trace(
                "emergency.stale-write",
                BRIDGE,
                record(group, outcome.target()),
                fields(outcome.preflight()),
                Map.of("request", sent.method() + " " + sent.path(), "reason", desired.reason()));
    }

    static Trace late(String group, DesiredRouting desired, String waitingFor) {
        return new Trace(
                "emergency.late",
                BRIDGE,
                "emergency/" + group,
                Map.of(),
                Map.of("reason", desired.reason(), "desired", text(desired.routing()), "waitingFor", waitingFor));
    }

    static Trace overrideEnded(String group, Forced override, String actor) {
        return new Trace(
                "emergency.override.ended",
                actor,
                "emergency/" + group,
                fields(override),
                Map.of("reason", "override by " + override.actor() + " has ended"));
    }

    static Map<String, String> fields(Forced override) {
        return Map.of(
                "mode", override.mode().name(),
                "queueIds", String.join(",", override.queueIds()),
                "until", override.until().toString(),
                "reason", override.reason());
    }

    static String record(String group, String target) {
        return "emergency/" + group + "/" + target;
    }

    /** Also when the change was found done: by an earlier pass whose answer was lost, or one that took its time. */
    private static boolean isTransition(Known before, Outcome outcome) {
        return before.confirmed() == null
                ? outcome.wanted().active() || outcome.sent() != null
                : !outcome.wanted().equals(before.confirmed());
    }

    private static Optional<Trace> done(String group, DesiredRouting desired, Known before, Outcome outcome) {
        boolean was = before.confirmed() != null && before.confirmed().active();
        boolean is = outcome.wanted().active();
        String action = is ? was ? "emergency.changed" : "emergency.activated" : "emergency.ended";
        Map<String, String> from = outcome.sent() != null || before.confirmed() == null
                ? fields(outcome.preflight())
                : fields(before.confirmed(), before.lastUpdated());
        return Optional.of(new Trace(
                action,
                desired.actor(),
                record(group, outcome.target()),
                from,
                with(fields(outcome.after()), desired.reason())));
    }

    private static Optional<Trace> trace(String group, String action, String actor, Outcome outcome, String reason) {
        return Optional.of(new Trace(
                action,
                actor,
                record(group, outcome.target()),
                fields(outcome.preflight()),
                with(fields(outcome.after()), reason)));
    }

    private static Map<String, String> with(Map<String, String> fields, String reason) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("reason", reason);
        return all;
    }

    private static Map<String, String> fields(Observed observed) {
        return observed == null
                ? Map.of("state", "UNKNOWN")
                : observed.state() == Observed.State.ACTIVE || observed.state() == Observed.State.INACTIVE
                        ? fields(observed.routing(), observed.lastUpdated())
                        : Map.of("state", observed.state().name());
    }

    private static Map<String, String> fields(Routing routing, String lastUpdated) {
        return Map.of(
                "state",
                routing.active() ? "ACTIVE" : "INACTIVE",
                "queueIds",
                String.join(",", routing.queueIds()),
                "priority",
                Integer.toString(routing.priority()),
                "lastUpdated",
                lastUpdated);
    }

    static String text(Routing routing) {
        return routing.active() ? "ACTIVE " + String.join(",", routing.queueIds()) : "INACTIVE";
    }
}
