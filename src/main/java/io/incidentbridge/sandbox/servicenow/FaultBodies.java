package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;

/** Error documents for failures that have nothing to do with the request. */
final class FaultBodies {

    private FaultBodies() {}

    static JsonObject of(int status) {
        return switch (status) {
            case 401 -> ApiException.notAuthenticated().body();
            case 403 ->
                ApiException.operationFailed("ACL Exception Insert Failed due to security constraints")
                        .body();
            case 404 -> ApiException.noRecord().body();
            // Text of inbound-REST-API-rate-limiting.md of the product documentation.
            case 429 -> ApiException.body("Rate limit exceeded", "Rate limit for Table API exceeded");
            case 502 -> ApiException.body("Bad Gateway", null);
            case 503 -> ApiException.body("Service Unavailable", null);
            case 504 -> ApiException.body("Gateway Timeout", null);
            default -> ApiException.body("Internal Server Error", null);
        };
    }
}
