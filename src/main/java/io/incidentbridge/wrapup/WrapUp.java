package io.incidentbridge.wrapup;

import io.incidentbridge.itsm.FinishedCall;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a finished call.
 *
 * @param fields by the names of the request; only what was given, times in UTC
 */
record WrapUp(Map<String, String> fields) {

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

    String conversationId() {
        return get("conversationId");
    }

    /** For the texts of the ticket. */
    FinishedCall call(String callerSysId) {
        return FinishedCall.of(fields, callerSysId);
    }
}
