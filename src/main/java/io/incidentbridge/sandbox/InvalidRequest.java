package io.incidentbridge.sandbox;

/** A body that a sandbox control refuses with 400; the message names the field and the rule. */
public final class InvalidRequest extends RuntimeException {

    InvalidRequest(String message) {
        super(message, null, false, false);
    }
}
