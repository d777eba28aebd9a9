package io.incidentbridge.wrapup;

import io.incidentbridge.itsm.FinishedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a finished call.
 *
 * @param fields by the names of the request; only what was given, times in UTC
 */
record WrapUp(Map<String, String> fields) {

    /** A wrap-up that comes later was sent again, or by a batch: nobody worked on it for so long. */
    private static final Duration LONGEST_WORK = Duration.ofHours(1);

    WrapUp {
        fields = Map.copyOf(fields);
    }

    static WrapUp of(WrapUpRequest request) {
        Map<String, String> given = new TreeMap<>();
        put(given, "conversationId", request.conversationId());
        put(given, "wrapUpCode", request.wrapUpCode());
        put(given, "wrapUpName", request.wrapUpName());
        put(given, "participantId", request.participantId());
        put(given, "sysId", request.sysId());
        put(given, "ani", request.ani());
        put(given, "employeeId", request.employeeId());
        put(given, "customerName", request.customerName());
        put(given, "category", request.category());
        put(given, "recordingUrl", request.recordingUrl());
        put(given, "transcriptSummary", request.transcriptSummary());
        put(given, "queueName", request.queueName());
        put(given, "direction", request.direction());
        put(given, "agentName", request.agentName());
        put(given, "startTime", request.startTime());
        put(given, "endTime", request.endTime());
        put(given, "incidentNumber", request.incidentNumber());
        return new WrapUp(given);
    }

    private static void put(Map<String, String> given, String name, Object value) {
        if (value != null && !value.toString().isBlank()) {
            given.put(name, value.toString());
        }
    }

    /** The text of a field, "" when it was not given. */
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /** How long ago the call ended; empty when nobody said, or it cannot have been the agent's work in between. */
    Optional<Duration> endedBefore(Instant now) {
        String end = get("endTime");
        return end.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(Instant.parse(end), now))
                        .filter(length -> !length.isNegative() && length.compareTo(LONGEST_WORK) <= 0);
    }

    String conversationId() {
        return get("conversationId");
    }

    /** For the texts of the ticket. */
    FinishedCall call(String callerSysId, String topic) {
        return FinishedCall.of(fields, callerSysId, topic);
    }
}
