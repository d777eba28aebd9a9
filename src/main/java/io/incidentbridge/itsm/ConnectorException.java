package io.incidentbridge.itsm;

import io.incidentbridge.problem.UpstreamException;
import java.time.Duration;
import java.util.Optional;

/** A vendor did not do what it was asked; {@link #reason()} alone decides what follows. */
public class ConnectorException extends UpstreamException {

    private final String vendor;
    private final FailureReason reason;
    private final Duration retryAfter;
    private String vendorMessage = "";

    ConnectorException(String vendor, FailureReason reason, String message, Duration retryAfter, Throwable cause) {
        super(vendor + ": " + reason + ": " + message, cause);
        this.vendor = vendor;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /**
     * @param vendor  {@code servicenow}, {@code genesys}, {@code pagerduty} or {@code jira}
     * @param message for the log: never a payload, a secret or a caller's data
     */
    public static ConnectorException of(String vendor, FailureReason reason, String message, Throwable cause) {
        return of(vendor, reason, message, null, cause);
    }

    /** @param retryAfter how long the vendor asked to be left alone, or null */
    public static ConnectorException of(
            String vendor, FailureReason reason, String message, Duration retryAfter, Throwable cause) {
        return reason.ailing()
                ? new Ailing(vendor, reason, message, retryAfter, cause)
                : new ConnectorException(vendor, reason, message, retryAfter, cause);
    }

    /** Adds what the vendor said, for operators; may repeat what was sent, so it is neither logged nor shown to callers. */
    public ConnectorException saying(String words) {
        vendorMessage = words;
        return this;
    }

    /** Why the vendor refused, in its own words, for example which field is mandatory; "" when it said nothing. */
    public String vendorMessage() {
        return vendorMessage;
    }

    public String vendor() {
        return vendor;
    }

    public FailureReason reason() {
        return reason;
    }

    /** How long the vendor asked to be left alone. */
    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The bridge's own budget had no room: nothing was sent, so the vendor has neither failed nor answered. */
    public static final class Unsent extends ConnectorException {
        Unsent(String vendor, String message, Duration retryAfter) {
            super(vendor, FailureReason.RATE_LIMITED, message, retryAfter, null);
        }
    }

    /** An {@link Unsent} that was to prove whether the vendor answers again: it has not been proven. */
    public static final class Unproven extends ConnectorException {
        Unproven(Unsent probe) {
            super(probe.vendor(), probe.reason(), "not sent", probe.retryAfter().orElse(null), probe);
        }
    }

    /** The class that fault-tolerance annotations name: they choose by class, not by reason. */
    public static final class Ailing extends ConnectorException {
        Ailing(String vendor, FailureReason reason, String message, Duration retryAfter, Throwable cause) {
            super(vendor, reason, message, retryAfter, cause);
        }
    }
}
