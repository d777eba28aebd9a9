package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonObject;

/** An operation that ends with Genesys' error document. */
final class GenesysFailure extends RuntimeException {

    private final transient JsonObject error;

    private GenesysFailure(JsonObject error) {
        super(error.getString("code"), null, false, false);
        this.error = error;
    }

    /** With the common code and message of the status. */
    static GenesysFailure of(int status) {
        return new GenesysFailure(GenesysError.of(status, 0));
    }

    static GenesysFailure of(int status, String code, String message) {
        return new GenesysFailure(GenesysError.of(status, code, message));
    }

    JsonObject error() {
        return error;
    }
}
