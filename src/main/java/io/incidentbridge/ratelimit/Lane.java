package io.incidentbridge.ratelimit;

/** Who goes first when a vendor's budget is scarce, first to last. */
public enum Lane {
    /** Emergency routing; its small reserve is never lent, and it alone probes a paused vendor. */
    EMERGENCY,
    /** Somebody is on the phone: caller lookups, enrolments, logins. Full bursts. */
    LOOKUP,
    /** Ticket writes; spread over the window. */
    TICKET,
    /** Whatever can wait; spread over the window, and not done at all without Redis. */
    BACKGROUND
}
