package io.incidentbridge.emergency;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an operator wants to hold for a group, whatever its incidents say.
 *
 * @param targetQueueIds where calls go; at least one with ACTIVE
 * @param until          when it ends by itself
 * @param dryRun         whether only to tell what would be sent to Genesys; no when absent
 */
@Schema(description = "targetQueueIds is required for ACTIVE and not looked at otherwise.")
public record OverrideRequest(
        @NotNull Forced.Mode mode,
        @Size(max = 20)
                List<@NotNull @Pattern(regexp = EmergencyRequest.ID, message = EmergencyRequest.RULE) String>
                        targetQueueIds,
        @NotBlank @Size(max = 500) String reason,
        @NotNull Instant until,
        Boolean dryRun) {

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    Forced forced(String actor, Instant now) {
        List<String> queues = mode == Forced.Mode.ACTIVE && targetQueueIds != null ? targetQueueIds : List.of();
        return new Forced(mode, queues.stream().distinct().toList(), reason, actor, now, until);
    }
}
