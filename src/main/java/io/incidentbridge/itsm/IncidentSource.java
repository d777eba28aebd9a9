package io.incidentbridge.itsm;

import io.smallrye.mutiny.Uni;

/** A system that incidents come from and can be read again in; each is a CDI bean, found by {@link #name()}. */
public interface IncidentSource {

    /** As {@link IncidentEvent#source()} says it, for example {@code pagerduty}. */
    String name();

    /**
     * Reads the incident's true status, within the vendor's budget.
     *
     * @param key as in {@link IncidentEvent#key()}
     * @return UNKNOWN when the source answers but does not say, which includes an incident that is absent or hidden;
     *     fails with {@link ConnectorException} when the source does not answer
     */
    Uni<Status> status(String key);

    /** What the source says of an incident now. */
    enum Status {
        OPEN,
        RESOLVED,
        /** Not to be taken for either: whoever asks keeps what it knows. */
        UNKNOWN
    }
}
