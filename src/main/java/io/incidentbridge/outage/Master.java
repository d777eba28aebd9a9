package io.incidentbridge.outage;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The one incident that an outage's calls are noted against; all empty until it is known.
 *
 * @param sysId  ServiceNow's key
 * @param number as people say it
 * @param url    page of the record
 */
@RegisterForReflection
public record Master(String sysId, String number, String url) {

    static final Master NONE = new Master("", "", "");

    /** Whether it exists. */
    public boolean known() {
        return !sysId.isEmpty();
    }
}
