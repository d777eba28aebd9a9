package io.incidentbridge.wrapup;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.incidentbridge.json.OptionalTimeDeserializer;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A finished call as the flow or script reports it. An empty text counts as absent: a Data Action sends every field. */
@Schema(
        description =
                "conversationId and wrapUpCode are required; an empty text counts as absent. Texts are plain text.")
record WrapUpRequest(
        @NotNull
                @Pattern(regexp = Ids.REQUIRED, message = Ids.RULE)
                @Schema(examples = "9f3c8e1a-5d0b-4c7e-8f21-6a7b1c2d3e4f")
                String conversationId,
        @NotBlank @Size(max = 100) @Schema(description = "What the call was about", examples = "email")
                String wrapUpCode,
        @Size(max = 200) @Schema(examples = "E-mail trouble") String wrapUpName,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE)
                @Schema(description = "Whose attributes link to the incident; the customer's when absent")
                String participantId,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE)
                @Schema(
                        description = "The caller's key in ServiceNow, as a lookup answered it",
                        examples = "62826bf03710200044e0bfc8bcbe5df1")
                String sysId,
        @Size(max = 100) @Schema(examples = "+14155550123") String ani,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE) @Schema(examples = "E100001") String employeeId,
        @Size(max = 200) @Schema(examples = "Abel Tuter") String customerName,
        @Size(max = 100) @Schema(examples = "software") String category,
        @Size(max = 2000) @Pattern(regexp = "(https?://\\S+)?", message = "must be an http or https address")
                String recordingUrl,
        @Size(max = 32000) String transcriptSummary,
        @Size(max = 200) String queueName,
        @Pattern(regexp = "((?i:inbound|outbound))?", message = "must be inbound or outbound") String direction,
        @Size(max = 200) String agentName,
        @JsonDeserialize(using = OptionalTimeDeserializer.class)
                @Schema(description = "ISO-8601 with offset", examples = "2026-11-22T10:15:00+01:00")
                Instant startTime,
        @JsonDeserialize(using = OptionalTimeDeserializer.class) @Schema(description = "ISO-8601 with offset")
                Instant endTime,
        @Pattern(regexp = Ids.OPTIONAL, message = Ids.RULE)
                @Schema(description = "An existing incident to update instead of creating one", examples = "INC0010023")
                String incidentNumber,
        @Min(0) @Max(20_000) @Schema(description = "How long to wait for the number, in ms", defaultValue = "800")
                Integer waitMs) {}
