package io.incidentbridge.sandbox.pagerduty;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** PagerDuty's error document of a status; codes and messages are those of docs/REST-API/14-Errors.md. */
final class PagerDutyError {

    private PagerDutyError() {}

    static JsonObject of(int status) {
        return switch (status) {
            case 400 -> error(2001, "Invalid Input Provided", "The arguments are invalid");
            case 401 -> error(2006, "Authentication failed", "The token is missing or wrong");
            case 402 -> error(2014, "Missing Account Ability", "The account lacks what the request needs");
            case 403 -> error(2010, "Access Denied", "The token may not see the resource");
            case 404 -> error(2100, "Not Found", "There is no such resource");
            case 408 -> error(2016, "The request took too long to process", "Please try again");
            // docs/REST-API/04-Rate-Limits.md shows this one without details.
            case 429 ->
                envelope(new JsonObject().put("message", "Rate Limit Exceeded").put("code", 2020));
            default ->
                status < 500
                        ? error(2015, "Invalid operation", "The resource does not offer this")
                        : error(
                                2000,
                                "An internal error has occurred. PagerDuty team has been notified.",
                                "Please try again");
        };
    }

    private static JsonObject error(int code, String message, String detail) {
        return envelope(
                new JsonObject().put("message", message).put("code", code).put("errors", new JsonArray().add(detail)));
    }

    private static JsonObject envelope(JsonObject error) {
        return new JsonObject().put("error", error);
    }
}
