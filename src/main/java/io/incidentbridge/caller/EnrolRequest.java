package io.incidentbridge.caller;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whose profile the calling number shall be added to. An empty text counts as absent.
 *
 * @param employeeId     what the caller typed
 * @param sysId          the user's key, as a lookup answered it
 * @param ani            the calling number
 * @param conversationId the Genesys conversation, for the audit trail
 */
@Schema(description = "Exactly one of employeeId and sysId is given; an empty text counts as absent.")
record EnrolRequest(
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) @Schema(examples = "E100001") String employeeId,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) @Schema(examples = "62826bf03710200044e0bfc8bcbe5df1")
                String sysId,
        @NotNull @Size(max = 100) @Schema(examples = "+14155550777") String ani,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) String conversationId) {

    boolean namesOneUser() {
        return Ids.given(employeeId) != Ids.given(sysId);
    }
}
