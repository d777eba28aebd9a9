package io.incidentbridge.itsm;

import java.time.Duration;
import java.util.Optional;

/** A vendor did not do what it was asked; {@link #reason()} alone decides what follows. */
public class ConnectorException extends RuntimeException {

    private final String vendor;
    private final FailureReason reason;
    private final Duration retryAfter;

    /**
     * @param vendor  {@code servicenow}, {@code genesys}, {@code pagerduty} or {@code jira}
     * @param message for the log: never a payload, a secret or a caller's data
     */
    public ConnectorException(String vendor, FailureReason reason, String message, Throwable cause) {
        this(vendor, reason, message, null, cause);
    }

    /** @param retryAfter how long the vendor asked to be left alone, or null */
    public ConnectorException(
            String vendor, FailureReason reason, String message, Duration retryAfter, Throwable cause) {
        super(vendor + ": " + reason + ": " + message, cause);
        this.vendor = vendor;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public String vendor() {
        return vendor;
    }

    public FailureReason reason() {
        return reason;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
