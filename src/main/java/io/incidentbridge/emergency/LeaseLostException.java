package io.incidentbridge.emergency;

/** The pass took too long, or was stopped: another replica may be at work, so nothing more is sent. */
final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("the lease was lost before anything was sent", null, false, false);
    }
}
