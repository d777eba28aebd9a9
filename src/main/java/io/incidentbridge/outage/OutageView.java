package io.incidentbridge.outage;

/**
 * How a topic stands for one call, read once.
 *
 * @param topic        in the breaker's spelling; of the outage that counts for the call, so possibly {@code global}
 * @param since        ISO-8601 UTC; empty while NORMAL
 * @param outageId     of the outage that is going on; empty while NORMAL
 * @param masterNumber the incident that calls are noted against; this and the next two empty until it exists
 * @param announcement what to tell the caller; empty while NORMAL
 */
public record OutageView(
        Mode mode,
        String topic,
        String since,
        String outageId,
        String masterSysId,
        String masterNumber,
        String masterUrl,
        String announcement) {

    static OutageView normal(String topic) {
        return new OutageView(Mode.NORMAL, topic, "", "", "", "", "", "");
    }

    /** As Data Actions and flows read it. */
    public enum Mode {
        /** Calls get tickets. */
        NORMAL,
        /** Calls are noted against the master incident. */
        CATASTROPHE,
        /** A few calls get tickets, the others are noted. */
        RECOVERING
    }
}
