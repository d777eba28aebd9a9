package io.incidentbridge.itsm;

import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is known of a call at its wrap-up, for the ticket's texts. Texts are as somebody typed or spoke them: whoever writes
 * them somewhere treats them as plain text. What is not known is "" or null.
 *
 * @param conversationId of Genesys
 * @param callerSysId    the caller's key in the service desk, "" when unknown
 * @param callerNumber   number the caller called from
 * @param wrapUpCode     what the call was about, as a code; {@code wrapUpName} in the words of whoever sent it, {@code topic}
 *                       in those of the bridge's configuration
 * @param recordingUrl   link to the recording
 * @param summary        of the transcript, may have several lines and be very long
 * @param direction      {@code inbound} or {@code outbound}
 * @param start          null when unknown, as {@code end}
 */
public record FinishedCall(
        String conversationId,
        String callerSysId,
        String customerName,
        String callerNumber,
        String employeeId,
        String wrapUpCode,
        String wrapUpName,
        String topic,
        String category,
        String recordingUrl,
        String summary,
        String queueName,
        String direction,
        String agentName,
        Instant start,
        Instant end) {

    /** @param fields of a wrap-up, by the names of its request */
    public static FinishedCall of(Map<String, String> fields, String callerSysId, String topic) {
        UnaryOperator<String> text = name -> fields.getOrDefault(name, "");
        return new FinishedCall(
                text.apply("conversationId"),
                callerSysId,
                text.apply("customerName"),
                text.apply("ani"),
                text.apply("employeeId"),
                text.apply("wrapUpCode"),
                text.apply("wrapUpName"),
                topic,
                text.apply("category"),
                text.apply("recordingUrl"),
                text.apply("transcriptSummary"),
                text.apply("queueName"),
                text.apply("direction"),
                text.apply("agentName"),
                time(fields.get("startTime")),
                time(fields.get("endTime")));
    }

    private static Instant time(String text) {
        return text == null || text.isEmpty() ? null : Instant.parse(text);
    }
}
