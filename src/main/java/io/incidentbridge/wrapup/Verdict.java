package io.incidentbridge.wrapup;

import io.incidentbridge.outage.WrapUpDecision;
import io.incidentbridge.wrapup.Standing.Decision;
import java.util.Map;

/**
 * What becomes of a conversation that is new to the bridge.
 *
 * @param master       number of the outage's master incident, empty when there is none yet
 * @param announcement what to tell the caller, empty for TICKET
 * @param note         what whoever notes the call must know: {@code outageId}, {@code topic} (of the outage), {@code about}
 *     (the call's own topic) and {@code url}, the link to the master incident
 */
record Verdict(Decision decision, String master, String announcement, Map<String, String> note) {

    /** Work of this kind brings a call to its outage's ledger. */
    static final String NOTE_KIND = "noted-call";

    /**
     * A call whose agent has named an incident goes there in an outage too: it makes no new ticket.
     *
     * @param topic of the call
     */
    static Verdict of(WrapUpDecision decision, WrapUp wrapUp, String topic) {
        return decision.noted() && wrapUp.get("incidentNumber").isEmpty()
                ? new Verdict(
                        Decision.NOTE,
                        decision.view().masterNumber(),
                        decision.view().announcement(),
                        Map.of(
                                "outageId", decision.view().outageId(),
                                "topic", decision.view().topic(),
                                "about", topic,
                                "url", decision.view().masterUrl()))
                : new Verdict(Decision.TICKET, "", "", Map.of());
    }

    String kind() {
        return decision == Decision.NOTE ? NOTE_KIND : WrapUpWork.KIND;
    }
}
