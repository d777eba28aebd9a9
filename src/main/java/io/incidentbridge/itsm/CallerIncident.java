package io.incidentbridge.itsm;

/**
 * An incident as it decides about its caller's place in the queue.
 *
 * @param callerSysId key of the person it was opened for; empty when there is none
 * @param priority    1 (critical) to 5 (planning); 0 when the service desk gives none
 * @param open        neither resolved, closed nor cancelled
 * @param revision    grows with each change of the record
 */
public record CallerIncident(
        String sysId, String number, String callerSysId, int priority, boolean open, long revision) {}
