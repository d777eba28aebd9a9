package io.incidentbridge.audit;

/**
 * The end of the trail, or any entry of it, as far as its successor is concerned.
 *
 * @param seq    number of the entry, 1 for the first
 * @param mac    its seal
 * @param lastId stream id that new ones must be above
 */
record ChainLink(long seq, String mac, String lastId) {

    /** What the first entry follows. */
    static final ChainLink START = new ChainLink(0, "0".repeat(64), "0-0");

    /** The stream id of an entry that follows: its time, unless the clock went back. */
    String nextId(long nowMillis) {
        int dash = lastId.indexOf('-');
        long lastMillis = Long.parseUnsignedLong(lastId.substring(0, dash));
        long count = Long.parseUnsignedLong(lastId.substring(dash + 1));
        return Long.compareUnsigned(nowMillis, lastMillis) > 0
                ? nowMillis + "-0"
                : Long.toUnsignedString(lastMillis) + "-" + Long.toUnsignedString(count + 1);
    }
}
