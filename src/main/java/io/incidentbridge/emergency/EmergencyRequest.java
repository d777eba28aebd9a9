package io.incidentbridge.emergency;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What has become of an incident that concerns the routing of calls.
 *
 * @param correlationId  the incident's id; all that is told of one incident carries the same
 * @param incidentType   decides the group, where none is given, and the severity
 * @param targetQueueIds where calls shall go, first choice first; required for EMERGENCY_ACTIVE
 * @param timestamp      when it happened at the source
 * @param ttl            seconds after which the emergency ends by itself; required for EMERGENCY_ACTIVE
 * @param group          the business unit; the one of the incident type, else the default one, when absent or empty
 */
@Schema(description = "targetQueueIds and ttl are required for EMERGENCY_ACTIVE and not looked at otherwise.")
record EmergencyRequest(
        @NotNull @Pattern(regexp = ID, message = RULE) @Schema(examples = "INC0010042") String correlationId,
        @NotBlank @Size(max = 100) @Schema(examples = "MAJOR_INCIDENT") String incidentType,
        @Size(max = 20) List<@NotNull @Pattern(regexp = ID, message = RULE) String> targetQueueIds,
        @NotNull Mode routingMode,
        @NotNull @Schema(examples = "2030-01-31T09:00:00Z") Instant timestamp,
        @Schema(examples = "3600") Integer ttl,
        @Pattern(regexp = "([A-Za-z0-9_-]{1,50})?", message = "must be 1 to 50 of the characters A-Z a-z 0-9 _ -")
                String group) {

    static final String ID = "[A-Za-z0-9_.:-]{1,100}";
    static final String RULE = "must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -";

    enum Mode {
        /** The incident is on: switch to emergency routing, or extend it. */
        EMERGENCY_ACTIVE,
        /** The incident is over; final for its correlationId. */
        EMERGENCY_RESOLVED
    }

    boolean activates() {
        return routingMode == Mode.EMERGENCY_ACTIVE;
    }

    List<String> queues() {
        return activates() && targetQueueIds != null ? targetQueueIds : List.of();
    }
}
