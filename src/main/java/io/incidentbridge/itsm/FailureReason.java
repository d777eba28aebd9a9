package io.incidentbridge.itsm;

/**
 * Why a vendor did not do what it was asked. The reason alone decides whether an attempt is repeated, whether the client
 * breaker counts it, what the caller is told and which metric label it gets.
 */
public enum FailureReason {
    /** Not reached: connection refused, reset before the request was sent, name not resolved. Nothing happened there. */
    UNREACHABLE(true, true),
    /** No answer within the deadline, or the connection broke after sending: a write may have happened. */
    UNKNOWN_OUTCOME(true, true),
    /** The vendor's own fault (5xx, HTML instead of JSON, truncated JSON); a write may have happened. */
    VENDOR_FAULT(true, true),
    /** 429, or the bridge's own budget for the vendor is spent: come back later. */
    RATE_LIMITED(false, false),
    /** The client breaker or the bulkhead refused before anything was sent. */
    BREAKER_OPEN(false, false),
    /** Credentials refused (401) after one fresh login. */
    UNAUTHENTICATED(false, false),
    /** Known, but not allowed (403): rights, or a business rule's refusal. */
    FORBIDDEN(false, false),
    /** Absent or hidden by the vendor's access rules (404). */
    NOT_FOUND(false, false),
    /** The vendor refuses the request as wrong (other 4xx). */
    REJECTED(false, false);

    private final boolean repeatable;
    private final boolean breakerFailure;

    FailureReason(boolean repeatable, boolean breakerFailure) {
        this.repeatable = repeatable;
        this.breakerFailure = breakerFailure;
    }

    /** Whether the same read may be tried again at once; a write must first find out what became of it. */
    public boolean repeatable() {
        return repeatable;
    }

    /** Whether it says that the vendor is ailing, as opposed to an answer about the request. */
    public boolean breakerFailure() {
        return breakerFailure;
    }
}
