package io.incidentbridge.outbox;

/**
 * <pre>
 * (none) -- add ---------------------------------------> READY
 * READY --- due, and first of its order: claim --------> CLAIMED
 * CLAIMED - done --------------------------------------> DONE, forgotten after a while
 * CLAIMED - failed for now, or no budget --------------> READY, due later
 * CLAIMED - failed for good ---------------------------> DEAD
 * CLAIMED - the worker died: the claim runs out -------> CLAIMED by another worker
 * DEAD ---- replayed by an operator -------------------> READY
 * DEAD ---- discarded by an operator ------------------> DISCARDED, forgotten after a while
 * </pre>
 */
public enum OutboxState {
    READY,
    CLAIMED,
    DONE,
    DEAD,
    DISCARDED
}
