package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;

/** A request the instance refuses, with the texts real instances use (docs and recorded answers). */
final class ApiException extends RuntimeException {

    private final int status;
    private final String detail;

    /** @param detail may be null, as in some answers of real instances */
    ApiException(int status, String message, String detail) {
        super(message, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    static ApiException notAuthenticated() {
        return new ApiException(401, "User Not Authenticated", "Required to provide Auth information");
    }

    static ApiException noSuchResource() {
        return new ApiException(400, "Requested URI does not represent any resource", null);
    }

    static ApiException invalidTable(String table) {
        return new ApiException(400, "Invalid table " + table, "Table " + table + " does not exist");
    }

    /** Absent and hidden look the same to a client. */
    static ApiException noRecord() {
        return new ApiException(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    /** Text of {@code glide.db.loguser}; that the Table API answers it with 403 is not verified on an instance. */
    static ApiException duplicate(String value, String key) {
        return operationFailed(
                "Unique Key violation detected by database (Duplicate entry '" + value + "' for key '" + key + "')");
    }

    /** A business rule, a data policy or the database said no. */
    static ApiException operationFailed(String detail) {
        return new ApiException(403, "Operation Failed", detail);
    }

    int status() {
        return status;
    }

    JsonObject body() {
        return body(getMessage(), detail);
    }

    static JsonObject body(String message, String detail) {
        return new JsonObject()
                .put("error", new JsonObject().put("message", message).put("detail", detail))
                .put("status", "failure");
    }
}
