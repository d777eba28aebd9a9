package io.incidentbridge.wrapup;

import io.incidentbridge.wrapup.Standing.Decision;
import java.util.Map;

/**
 * What becomes of a conversation that is new to the bridge.
 *
 * @param master       number of the outage's master incident, empty when there is none yet
 * @param announcement what to tell the caller, empty for TICKET
 * @param note         what whoever notes the call must know
 */
record Verdict(Decision decision, String master, String announcement, Map<String, String> note) {

    /** Work of this kind is done by the outage's handler. */
    static final String NOTE_KIND = "noted-call";

    static final Verdict TICKET = new Verdict(Decision.TICKET, "", "", Map.of());
}
