package io.incidentbridge.outbox;

/**
 * One of the parts the outbox is spread over; all keys of one are on one node of a cluster, so that one script reaches
 * them.
 *
 * @param number from 0
 */
public record Shard(int number) {

    /** What all keys of the shard begin with. */
    public String prefix() {
        return "ib:{outbox:" + number + "}:";
    }

    /** Of an item on this shard. */
    String item(String id) {
        return prefix() + "item:" + id;
    }

    String due(String kind) {
        return prefix() + "due:" + kind;
    }

    String pending(String kind) {
        return prefix() + "pending:" + kind;
    }

    String done(String kind) {
        return prefix() + "done:" + kind;
    }

    String dead(String kind) {
        return prefix() + "dead:" + kind;
    }

    /** The shard an item's id names. */
    static Shard of(String id) {
        return new Shard(Integer.parseInt(id.substring(0, id.indexOf('-'))));
    }
}
