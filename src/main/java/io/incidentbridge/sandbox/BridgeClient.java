package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** The bridge's HTTP API as a Data Action uses it. */
final class BridgeClient {

    /** The longest that a Data Action may take at all is 60 s; past 25 s no flow waits. */
    private static final long TIMEOUT_MS = 25_000;

    private final HttpClient client;
    private final URI bridge;

    BridgeClient(HttpClient client, URI bridge) {
        this.client = client;
        this.bridge = bridge;
    }

    record Answer(int status, JsonObject body) {

        /** The business outcome, or the HTTP status when there is none. */
        String outcome() {
            return body.getValue("status") instanceof String outcome ? outcome : "HTTP " + status;
        }
    }

    Future<Answer> post(String path, JsonObject body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(bridge + path)
                .setTimeout(TIMEOUT_MS)
                .putHeader("X-API-Key", "sandbox-data-action")
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.body().map(answer -> new Answer(response.statusCode(), json(answer))));
    }

    private static JsonObject json(Buffer answer) {
        try {
            return answer.length() == 0 ? new JsonObject() : answer.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }
}
