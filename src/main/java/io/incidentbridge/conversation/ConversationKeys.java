package io.incidentbridge.conversation;

import io.incidentbridge.security.KeyedHash;

/** The keys of one caller; they share a hash tag, so that one script may use several. */
record ConversationKeys(String base) {

    static ConversationKeys of(KeyedHash hash, String userSysId) {
        return new ConversationKeys("ib:{conv:" + hash.hash("user", userSysId) + "}");
    }

    /** Conversations by time. */
    String live() {
        return base;
    }

    /** What each of the caller's incidents asks for. */
    String suggested() {
        return base + ":suggested";
    }

    /** Incidents that the caller's calls are not in line with yet. */
    String unaligned() {
        return base + ":unaligned";
    }

    /** Conversations whose priority the bridge has changed. */
    String raised() {
        return base + ":raised";
    }

    String lease() {
        return base + ":lease";
    }
}
