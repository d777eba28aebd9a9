/**
 * Prevents a flow from forgetting that a caller is on the line: conversations by caller, shared by all replicas.
 *
 * <p>Entry: {@link io.incidentbridge.conversation.LiveConversations}.
 */
package io.incidentbridge.conversation;
