package io.incidentbridge.outage;

/**
 * What is known of a topic at one moment, all replicas together.
 *
 * @param count         of a topic: new calls in the window; of the service desk: ServiceNow's 429s. While half-open only
 *                      those since then
 * @param baseline      the topic's usual calls in a window; 0 when not known
 * @param replicas      that have been heard lately
 * @param replicasDown  of these, on how many probes of a client breaker have failed for too long
 * @param backlogOld    conversations whose ticket has waited for too long, and not by its own fault
 * @param backlogDepth  writes that wait
 */
record Signals(long count, double baseline, int replicas, int replicasDown, long backlogOld, long backlogDepth) {

    static Signals ofTopic(long count, double baseline) {
        return new Signals(count, baseline, 0, 0, 0, 0);
    }
}
