package io.incidentbridge.emergency;

import io.incidentbridge.audit.AuditTrail;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * One change that belongs in the audit trail. It is stored with the state it tells of until the trail has it, so that a
 * replica that dies in between leaves no change untold; the trail may then have it twice.
 *
 * @param record what was changed, {@code emergency/<group>/<target>}
 */
@RegisterForReflection
record Trace(String action, String actor, String record, Map<String, String> before, Map<String, String> after) {

    AuditTrail.Entry entry() {
        return new AuditTrail.Entry(actor, action, record, before, after, "");
    }
}
