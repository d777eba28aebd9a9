package io.incidentbridge.ratelimit;

/** A client has used up its limit. */
public class TooManyRequestsException extends RuntimeException {

    private final String policy;
    private final long retryAfterSeconds;

    TooManyRequestsException(InboundQuota quota) {
        super("limit of " + quota.policy() + " used up", null, false, false);
        this.policy = quota.policy();
        this.retryAfterSeconds = quota.retryAfterSeconds();
    }

    /** Name of the limit, as in {@code RateLimit-Policy}. */
    public String policy() {
        return policy;
    }

    /** At least 1. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
