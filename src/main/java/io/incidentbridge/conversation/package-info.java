/**
 * Prevents a flow from forgetting that a caller is on the line: conversations by caller, shared by all replicas.
 *
 * <p>Entry: {@link io.incidentbridge.conversation.LiveConversations}, {@link
 * io.incidentbridge.conversation.SuggestedPriority}.
 */
package io.incidentbridge.conversation;
