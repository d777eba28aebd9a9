package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Failures;

/** What a write that has failed may have done all the same. */
final class DoubtfulWrite {

    private DoubtfulWrite() {}

    /** It may have happened, or be about to. */
    static boolean mayHappen(Throwable failure) {
        return switch (Failures.of(ServiceNowConnector.VENDOR, failure).reason()) {
            case UNKNOWN_OUTCOME, VENDOR_FAULT -> true;
            case UNREACHABLE, RATE_LIMITED, BREAKER_OPEN, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, REJECTED ->
                false;
        };
    }

    /** How the database's refusal of a second sys_id is answered is nowhere documented, so no refusal is taken as it is. */
    static boolean mayBeThere(Throwable failure) {
        return switch (Failures.of(ServiceNowConnector.VENDOR, failure).reason()) {
            case UNKNOWN_OUTCOME, VENDOR_FAULT, FORBIDDEN, CONFLICT, REJECTED -> true;
            case UNREACHABLE, RATE_LIMITED, BREAKER_OPEN, UNAUTHENTICATED, NOT_FOUND -> false;
        };
    }
}
