package io.incidentbridge.caller;

import io.incidentbridge.itsm.OpenIncident;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the service desk knew of a caller at one moment; the cached form.
 *
 * @param user           null unless FOUND
 * @param incidents      most recently updated first
 * @param incidentsKnown false when the caller was found but the incidents could not be read
 */
@RegisterForReflection(targets = {CallerSnapshot.class, ServiceDeskUser.class, OpenIncident.class})
record CallerSnapshot(Status status, ServiceDeskUser user, List<OpenIncident> incidents, boolean incidentsKnown) {

    static final CallerSnapshot NOT_FOUND = new CallerSnapshot(Status.NOT_FOUND, null, List.of(), true);
    static final CallerSnapshot AMBIGUOUS = new CallerSnapshot(Status.AMBIGUOUS, null, List.of(), true);
    static final CallerSnapshot UNAVAILABLE = new CallerSnapshot(Status.UNAVAILABLE, null, List.of(), false);

    static CallerSnapshot found(ServiceDeskUser user, List<OpenIncident> incidents) {
        return new CallerSnapshot(Status.FOUND, user, incidents, true);
    }

    static CallerSnapshot foundWithoutIncidents(ServiceDeskUser user) {
        return new CallerSnapshot(Status.FOUND, user, List.of(), false);
    }

    boolean isOf(ServiceDeskUser other) {
        return user != null && other != null && user.sysId().equals(other.sysId());
    }

    /** The outcome of a lookup, as Data Actions read it. */
    enum Status {
        /** One active user. */
        FOUND,
        /** No active user, or no readable number. */
        NOT_FOUND,
        /** Several active users share the number: ask for the employee id. */
        AMBIGUOUS,
        /** ServiceNow did not answer in time. */
        UNAVAILABLE
    }
}
