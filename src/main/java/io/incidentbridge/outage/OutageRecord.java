package io.incidentbridge.outage;

import java.time.Instant;

/**
 * What is kept of one outage beside its calls.
 *
 * @param opened  null when its calls are all that is known
 * @param closed  null while it goes on
 * @param written calls that the master's notes tell of
 * @param ended   whether the last note is written too
 * @param children how many calls have been handed on to get child incidents
 * @param told     how many of these have been handed on to be told that the master is resolved
 */
record OutageRecord(
        String id,
        String topic,
        Instant opened,
        Instant closed,
        Master master,
        long noted,
        long written,
        boolean ended,
        long children,
        long told) {

    boolean isOver() {
        return closed != null;
    }
}
