package io.incidentbridge.outage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/**
 * A call that was noted instead of getting a ticket; the trace of it.
 *
 * @param at     when the bridge accepted it
 * @param fields of the wrap-up, for a child incident afterwards; empty where none are to be made
 */
@RegisterForReflection
record NotedCall(String conversationId, Instant at, Map<String, String> fields) {}
