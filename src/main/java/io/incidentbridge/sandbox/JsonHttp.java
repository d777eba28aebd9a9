package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.function.Supplier;

/** One system's HTTP API as somebody else uses it: JSON to and fro; whatever is no success fails. */
final class JsonHttp {

    private static final long TIMEOUT_MS = 10_000;

    private final HttpClient client;
    private final Supplier<URI> base;
    private final String header;
    private final String credential;

    /** @param header carries the credential */
    JsonHttp(HttpClient client, Supplier<URI> base, String header, String credential) {
        this.client = client;
        this.base = base;
        this.header = header;
        this.credential = credential;
    }

    Future<Object> get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    /** @param body null for none */
    Future<Object> send(HttpMethod method, String path, JsonObject body) {
        return send(method, path, "application/json", body == null ? Buffer.buffer() : body.toBuffer());
    }

    Future<Object> postForm(String path, String form) {
        return send(HttpMethod.POST, path, "application/x-www-form-urlencoded", Buffer.buffer(form));
    }

    private Future<Object> send(HttpMethod method, String path, String type, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base.get() + path)
                .setTimeout(TIMEOUT_MS)
                .putHeader(header, credential)
                .putHeader("Content-Type", type)
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(request -> body.length() == 0 ? request.send() : request.send(body))
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() >= 300) {
                        throw new IllegalStateException(method + " " + path + " was answered " + response.statusCode());
                    }
                    return answer.length() == 0 ? new JsonObject() : answer.toJson();
                }));
    }
}
