package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Writes answers; to HEAD with the headers of GET and no body. */
final class HttpAnswers {

    private HttpAnswers() {}

    static void json(RoutingContext context, int status, JsonObject body) {
        send(context, status, "application/json;charset=UTF-8", body.toBuffer());
    }

    static void send(RoutingContext context, int status, String contentType, Buffer body) {
        HttpServerResponse response = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-store");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }
}
