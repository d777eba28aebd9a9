package io.incidentbridge.redis;

/** What an accepted write survives; docs/wrapup.md says what each can lose. */
public enum Durability {
    /** The server has it; how soon it reaches a disk is the server's own {@code appendfsync}. */
    MEMORY,
    /** At least one replica has it too (WAIT). */
    REPLICATED,
    /** It is on the server's disk ({@code appendfsync always}; from Redis 8 also WAITAOF). */
    FSYNC
}
