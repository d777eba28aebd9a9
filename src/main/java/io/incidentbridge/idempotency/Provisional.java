package io.incidentbridge.idempotency;

/** An answer that may not be the last word: a provisional one is not replayed, so that a repeat asks again. */
public interface Provisional {

    boolean provisional();
}
