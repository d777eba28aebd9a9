package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;

/** Error documents for failures that have nothing to do with the request. */
final class FaultBodies {

    private static final String LIMITED = "Rate limit exceeded";

    private FaultBodies() {}

    /** Text of inbound-REST-API-rate-limiting.md of the product documentation. */
    static JsonObject limited(String api, long perHour) {
        return ApiException.body(LIMITED, "Rate limit of " + perHour + " requests per hour for " + api + " exceeded");
    }

    static JsonObject of(int status) {
        return switch (status) {
            case 401 -> ApiException.notAuthenticated().body();
            case 403 ->
                ApiException.operationFailed("ACL Exception Insert Failed due to security constraints")
                        .body();
            case 404 -> ApiException.noRecord().body();
            // Exhausted semaphores, which no limit's number explains.
            case 429 -> ApiException.body(LIMITED, null);
            case 502 -> ApiException.body("Bad Gateway", null);
            case 503 -> ApiException.body("Service Unavailable", null);
            case 504 -> ApiException.body("Gateway Timeout", null);
            default -> ApiException.body("Internal Server Error", null);
        };
    }
}
