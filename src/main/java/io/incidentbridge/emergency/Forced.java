package io.incidentbridge.emergency;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * An operator's override: what holds for a group until its end, whatever its incidents say.
 *
 * @param mode     ACTIVE or INACTIVE
 * @param queueIds where calls go; empty with INACTIVE
 * @param reason   why
 * @param actor    who
 */
@RegisterForReflection
public record Forced(Mode mode, List<String> queueIds, String reason, String actor, Instant from, Instant until) {

    public enum Mode {
        ACTIVE,
        INACTIVE
    }

    boolean holds(Instant now) {
        return until.isAfter(now);
    }
}
