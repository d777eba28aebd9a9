package io.incidentbridge.servicenow;

import io.incidentbridge.security.KeyedHash;
import java.util.Map;

/**
 * An incident that shall exist once.
 *
 * @param sysId         the key it shall have: 32 lower-case hex characters, always the same for the same incident
 * @param correlationId what it is about, 1 to 100 characters of {@code A-Z a-z 0-9 _ . : -}; stored as correlation id
 * @param fields        raw values by column, without {@code sys_id} and {@code correlation_id}
 */
public record NewIncident(String sysId, String correlationId, Map<String, String> fields) {

    public NewIncident {
        if (!sysId.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a chosen sys_id is 32 lower-case hex characters");
        }
        if (!correlationId.matches("[A-Za-z0-9_.:-]{1,100}")) {
            throw new IllegalArgumentException("a correlation id is 1 to 100 of A-Z a-z 0-9 _ . : -");
        }
        fields = Map.copyOf(fields);
    }

    /**
     * The one incident of a conversation: its own ticket, or the one it gets after an outage. One key for both, so that
     * whoever comes second finds the first one's also when Redis has been lost in between.
     */
    public static NewIncident ofConversation(String conversationId, Map<String, String> fields, KeyedHash hash) {
        return new NewIncident(hash.hash("incident", conversationId), conversationId, fields);
    }
}
