package io.incidentbridge.itsm;

/**
 * Why a vendor did not do what it was asked. The reason alone decides whether an attempt is repeated, whether the client
 * breaker counts it, what the caller is told and which metric label it gets.
 */
public enum FailureReason {
    /** Not reached: connection refused or name not resolved. Nothing happened there. */
    UNREACHABLE(true),
    /** No answer within the deadline, a broken connection, a proxy's 502 or 504, or a 202: it may have happened, or happen yet. */
    UNKNOWN_OUTCOME(true),
    /** The vendor's own fault (other 5xx, HTML, truncated JSON): a write may have happened, but is not going on any more. */
    VENDOR_FAULT(true),
    /** 429, or the bridge's own budget for the vendor is spent: come back later. */
    RATE_LIMITED(false),
    /** The client breaker or the bulkhead refused before anything was sent. */
    BREAKER_OPEN(false),
    /** Credentials refused (401), after one fresh login. */
    UNAUTHENTICATED(false),
    /** Known, but not allowed (403): rights, or a business rule's refusal. */
    FORBIDDEN(false),
    /** Absent, or hidden by the vendor's access rules (404). */
    NOT_FOUND(false),
    /** Somebody else changed it first, or is changing it (409): look again before trying again. */
    CONFLICT(false),
    /** The vendor refuses the request as wrong (other 4xx and redirects). */
    REJECTED(false);

    private final boolean ailing;

    FailureReason(boolean ailing) {
        this.ailing = ailing;
    }

    /**
     * Whether the vendor is ailing, as opposed to having answered about the request: only then does the client breaker
     * count a failure, and only then is a read repeated.
     */
    public boolean ailing() {
        return ailing;
    }
}
