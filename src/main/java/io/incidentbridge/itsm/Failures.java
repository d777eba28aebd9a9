package io.incidentbridge.itsm;

import com.fasterxml.jackson.core.JacksonException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Reduces everything that can go wrong between the bridge and a vendor to one {@link FailureReason}. */
public final class Failures {

    private Failures() {}

    /** The reason for an HTTP status of 300 or more. */
    public static FailureReason reasonOf(int status) {
        return switch (status) {
            case 401 -> FailureReason.UNAUTHENTICATED;
            case 403 -> FailureReason.FORBIDDEN;
            case 404 -> FailureReason.NOT_FOUND;
            // A proxy gave up, or lost its connection: what is behind it may still be at work.
            case 408, 502, 504 -> FailureReason.UNKNOWN_OUTCOME;
            case 409 -> FailureReason.CONFLICT;
            case 429 -> FailureReason.RATE_LIMITED;
            default -> status >= 500 ? FailureReason.VENDOR_FAULT : FailureReason.REJECTED;
        };
    }

    /** The failure for an HTTP status of 300 or more; never carries the vendor's body. */
    public static ConnectorException ofStatus(String vendor, int status, String retryAfter, Instant now) {
        Duration wait = RetryAfter.parse(retryAfter, now).orElse(null);
        return ConnectorException.of(vendor, reasonOf(status), "answered " + status, wait, null);
    }

    /** The failure behind anything a REST client or a fault-tolerance annotation throws. */
    public static ConnectorException of(String vendor, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorException known) {
                return known;
            }
        }
        FailureReason reason = reasonOf(thrown);
        return ConnectorException.of(vendor, reason, rootOf(thrown).getClass().getSimpleName(), thrown);
    }

    private static FailureReason reasonOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CircuitBreakerOpenException || cause instanceof BulkheadException) {
                return FailureReason.BREAKER_OPEN;
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return FailureReason.UNREACHABLE;
            }
            if (cause instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException
                    || cause instanceof TimeoutException) {
                return FailureReason.UNKNOWN_OUTCOME;
            }
            if (cause instanceof JacksonException) {
                return FailureReason.VENDOR_FAULT;
            }
        }
        // Whatever else broke, broke after the request may have been sent.
        return FailureReason.UNKNOWN_OUTCOME;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
