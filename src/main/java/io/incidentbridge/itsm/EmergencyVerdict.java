package io.incidentbridge.itsm;

import java.time.Duration;
import java.util.List;

/**
 * What an incident's event means for emergency routing, by the configured rules.
 *
 * @param rule         name of the rule that matched; empty unless DECLARE
 * @param group        the emergency group to activate; empty for the one that the incident type or the default decides
 * @param incidentType never empty with DECLARE
 * @param queues       ids of the target queues, first choice first; not empty with DECLARE
 * @param ttl          how long without another word of the source; null unless DECLARE
 */
public record EmergencyVerdict(
        Effect effect, String rule, String group, String incidentType, List<String> queues, Duration ttl) {

    static final EmergencyVerdict NONE = new EmergencyVerdict(Effect.NONE, "", "", "", List.of(), null);
    static final EmergencyVerdict END = new EmergencyVerdict(Effect.END, "", "", "", List.of(), null);

    /** What to do. */
    public enum Effect {
        /** The incident is open and an emergency: declare it, or extend what it already holds. */
        DECLARE,
        /**
         * The incident is over, or its priority no longer makes it an emergency, or it is open again without being one: end
         * what it holds. To be remembered also when it holds nothing, as its declaration may still be under way, and as it
         * may become an emergency now that it is open again.
         */
        END,
        /** No matter of emergency routing. */
        NONE
    }
}
