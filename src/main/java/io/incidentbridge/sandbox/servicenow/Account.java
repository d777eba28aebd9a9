package io.incidentbridge.sandbox.servicenow;

import java.time.ZoneId;

/** A user of the instance who may call its APIs. */
record Account(String userName, String sysId) {

    /** Not UTC on purpose: whoever reads display values where raw ones are meant is hours off and notices. */
    static final ZoneId ZONE = ZoneId.of("US/Pacific");
}
