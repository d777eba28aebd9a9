package io.incidentbridge.outage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/**
 * A call that was noted instead of getting a ticket; the trace of it.
 *
 * @param at       when the bridge accepted it
 * @param revision of its wrap-up; 0 in entries of a release that did not keep it
 * @param fields   of the wrap-up, for a child incident afterwards; empty where none are to be made
 */
@RegisterForReflection
record NotedCall(String conversationId, Instant at, int revision, Map<String, String> fields) {}
