package io.incidentbridge.caller;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who is calling. An empty text beside the other field counts as absent: a Data Action always sends every field.
 *
 * @param ani            the calling number as Genesys gives it
 * @param employeeId     what the caller typed, when the number is unknown
 * @param conversationId the Genesys conversation, remembered for the caller
 * @param topic          what the call is about, to learn of an outage of it
 */
@Schema(description = "One of ani and employeeId; an empty ani beside no employeeId is a withheld number.")
record LookupRequest(
        @Size(max = 100) @Schema(examples = "+14155550123") String ani,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) @Schema(examples = "E100001") String employeeId,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) @Schema(examples = "9f3c8e1a-5d0b-4c7e-8f21-6a7b1c2d3e4f")
                String conversationId,
        @Size(max = 100) @Schema(examples = "email") String topic) {

    boolean byEmployeeId() {
        return Ids.given(employeeId);
    }

    /** A withheld number is an empty ani: present, and nobody's. */
    boolean namesOneCaller() {
        return byEmployeeId() ? !Ids.given(ani) : ani != null;
    }
}
