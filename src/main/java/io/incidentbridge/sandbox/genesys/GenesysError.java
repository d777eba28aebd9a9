package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;

/**
 * Genesys' error document ({@code ErrorBody} of its SDKs) and the common codes of its published definition. {@code
 * contextId} equals the header {@code ININ-Correlation-Id}.
 */
final class GenesysError {

    static final String CORRELATION_HEADER = "ININ-Correlation-Id";

    private static final Map<Integer, String> CODES = Map.of(
            400, "bad.request",
            401, "bad.credentials",
            403, "not.authorized",
            404, "not.found",
            409, "conflict",
            413, "request.entity.too.large",
            415, "unsupported.media.type",
            500, "internal.server.error",
            503, "service.unavailable",
            504, "request.timeout");

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "The request could not be understood by the server due to malformed syntax.",
            401, "Invalid login credentials.",
            403, "You are not authorized to perform the requested action.",
            404, "The requested resource was not found.",
            409, "The request conflicts with the current state of the resource.",
            413, "The request is over the size limit. Maximum bytes: 512000",
            415,
                    "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value.",
            500, "The server encountered an unexpected condition which prevented it from fulfilling the request.",
            503, "Service Unavailable - The server is currently unavailable.",
            504, "The request timed out.");

    private GenesysError() {}

    static JsonObject of(int status, long retryAfterSeconds) {
        if (status == 429) {
            return of(
                    429,
                    "too.many.requests.retry.after",
                    "Rate limit exceeded the maximum. Retry the request in [" + retryAfterSeconds + "] seconds");
        }
        return of(
                status,
                CODES.getOrDefault(status, status < 500 ? "bad.request" : "internal.server.error"),
                MESSAGES.getOrDefault(status, "The request failed."));
    }

    static JsonObject of(int status, String code, String message) {
        return new JsonObject()
                .put("message", message)
                .put("code", code)
                .put("status", status)
                .put("contextId", UUID.randomUUID().toString())
                .put("details", new JsonArray())
                .put("errors", new JsonArray());
    }
}
