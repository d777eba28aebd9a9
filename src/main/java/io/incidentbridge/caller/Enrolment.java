package io.incidentbridge.caller;

import io.incidentbridge.idempotency.Provisional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an enrolment; every field is always present. */
record Enrolment(
        @Schema(description = "ENROLLED, ALREADY (nothing to do), REFUSED (see reason), NOT_FOUND or DEFERRED")
                Status status,
        @Schema(description = "Why it was refused or deferred, else NONE") Reason reason,
        @Schema(description = "The user concerned, empty when not found") String sysId)
        implements Provisional {

    enum Status {
        /** The number is now in the user's profile. */
        ENROLLED,
        /** The user already had the number. */
        ALREADY,
        /** Nothing was changed, and asking again will not help. */
        REFUSED,
        /** No active user has this employee id or key. */
        NOT_FOUND,
        /** ServiceNow or Redis did not answer: not promised, but tried again; the caller is asked again until then. */
        DEFERRED
    }

    enum Reason {
        NONE,
        /** Withheld, internal or unreadable. */
        NUMBER_UNREADABLE,
        /** An active user other than this one has the number. */
        NUMBER_OF_ANOTHER_USER,
        /** Several active users share the employee id. */
        SEVERAL_USERS,
        /** Every field an enrolled number may go to already holds a number. */
        NO_FREE_FIELD,
        /** ServiceNow refused the change or did not keep it. */
        SERVICE_DESK_REFUSED,
        /** Another enrolment of the same number or user is under way. */
        BUSY,
        /** ServiceNow did not answer in time. */
        SERVICE_DESK_UNAVAILABLE,
        /** Redis did not answer: without its lease two calls could enrol one number for two users. */
        BRIDGE_UNAVAILABLE
    }

    @Override
    public boolean provisional() {
        return status == Status.DEFERRED;
    }

    static Enrolment of(Status status, String sysId) {
        return new Enrolment(status, Reason.NONE, sysId);
    }

    static Enrolment refused(Reason reason, String sysId) {
        return new Enrolment(Status.REFUSED, reason, sysId);
    }

    static Enrolment deferred(Reason reason, String sysId) {
        return new Enrolment(Status.DEFERRED, reason, sysId);
    }
}
