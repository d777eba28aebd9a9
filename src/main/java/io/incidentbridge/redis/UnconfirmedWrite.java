package io.incidentbridge.redis;

/** Redis has done a write and could not say that it is as safe as asked for. */
class UnconfirmedWrite extends RuntimeException {
    UnconfirmedWrite() {
        super("the write is not confirmed to be safe", null, false, false);
    }
}
