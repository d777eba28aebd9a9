package io.incidentbridge.emergency;

import io.incidentbridge.idempotency.Provisional;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an incident's emergency stands; every field is always present, times are UTC and empty when they do not apply. */
public record EmergencyStatus(
        String correlationId,
        @Schema(description = "PROCESSING, ACTIVE (read back in Genesys), INACTIVE, or FAILED (Genesys refuses)")
                Status status,
        @Schema(description = "Begins with the correlationId") String reason,
        String group,
        @Schema(description = "OPEN, RESOLVED, EXPIRED (ttl) or OVERRIDDEN (by an operator)") ClaimState claim,
        String incidentType,
        @Schema(description = "When the incident began at its source") String since,
        @Schema(description = "When the bridge accepted it") String acceptedAt,
        @Schema(description = "When it ends by itself") String expiresAt,
        @Schema(description = "When the claim last changed") String changedAt,
        String statusUrl)
        implements Provisional {

    public enum Status {
        PROCESSING,
        ACTIVE,
        INACTIVE,
        FAILED
    }

    @Override
    public boolean provisional() {
        return status == Status.PROCESSING;
    }

    static EmergencyStatus of(Claim claim, Snapshot snapshot, DesiredRouting desired, RoutingView view) {
        boolean open = claim.isOpen(snapshot.now());
        Status status = status(open, desired, view);
        return new EmergencyStatus(
                claim.id(),
                status,
                claim.id() + ": " + words(claim, open, status, desired, view),
                claim.group(),
                open || claim.state() != ClaimState.OPEN ? claim.state() : ClaimState.EXPIRED,
                claim.type(),
                text(claim.since()),
                text(claim.accepted()),
                open ? text(claim.until()) : "",
                text(claim.changed()),
                url(claim.id()));
    }

    static String url(String correlationId) {
        return "/v1/emergencies/" + correlationId;
    }

    private static Status status(boolean open, DesiredRouting desired, RoutingView view) {
        return switch (view.state()) {
            case PENDING -> {
                // Another incident's emergency on its way is no matter of one that is over.
                if (!open && desired.routing().active()) {
                    yield Status.INACTIVE;
                }
                yield view.failed() ? Status.FAILED : Status.PROCESSING;
            }
            case ACTIVE -> open ? Status.ACTIVE : Status.INACTIVE;
            case INACTIVE -> Status.INACTIVE;
        };
    }

    private static String words(Claim claim, boolean open, Status status, DesiredRouting desired, RoutingView view) {
        if (status == Status.PROCESSING || status == Status.FAILED) {
            return view.reason();
        }
        if (!open) {
            return desired.routing().active()
                    ? "over; the emergency is held by " + desired.reasonId()
                    : claim.how().isEmpty() ? "over" : claim.how().toLowerCase(java.util.Locale.ROOT);
        }
        if (status == Status.ACTIVE) {
            return claim.type();
        }
        return desired.reasonId().equals("override") ? desired.reason() : "changed in Genesys by somebody else";
    }

    private static String text(Instant time) {
        return time.equals(Instant.EPOCH) ? "" : time.toString();
    }
}
