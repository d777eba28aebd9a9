/**
 * Prevents a flow from forgetting that a caller is on the line, and who called: conversations by caller and the
 * caller by conversation, shared by all replicas.
 *
 * <p>Entry: {@link io.incidentbridge.conversation.LiveConversations}, {@link
 * io.incidentbridge.conversation.SuggestedPriority}.
 */
package io.incidentbridge.conversation;
