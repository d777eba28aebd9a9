package io.incidentbridge.emergency;

/**
 * How one incident's claim to an emergency stands.
 *
 * <pre>
 * (none) ---- activated ----------------> OPEN
 * (none) ---- resolved -----------------> RESOLVED, a tombstone: a late activation changes nothing
 * OPEN ------ activated later ----------> OPEN, its ttl anew
 * OPEN ------ resolved, withdrawn ------> RESOLVED
 * OPEN ------ ended by an operator -----> OVERRIDDEN
 * OPEN ------ its ttl is over ----------> EXPIRED
 * EXPIRED --- activated later, extended > OPEN
 * any ------- reopened later -----------> OPEN
 * any ------- reopened, no emergency ---> RESOLVED until it is activated later; what the API has declared goes on
 * </pre>
 *
 * <p>Later means the time of the event at its source. Events that come in another order end in the same state.
 */
public enum ClaimState {
    OPEN,
    RESOLVED,
    EXPIRED,
    OVERRIDDEN
}
