package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How the simulated vendors reach the bridge: one attempt of one delivery. */
public final class WebhookSender {

    private static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final Supplier<URI> bridge;
    private final RandomGenerator random;
    private HttpClient client;

    WebhookSender(Vertx vertx, Supplier<URI> bridge, RandomGenerator random) {
        this.vertx = vertx;
        this.bridge = bridge;
        this.random = random;
    }

    /** @return the status, or a failure when there is no answer in time */
    Future<Integer> post(String path, Map<String, String> headers, Buffer body, long timeoutMs) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(bridge.get() + path)
                .setTimeout(timeoutMs)
                .putHeader("Content-Type", "application/json");
        headers.forEach(options::putHeader);
        return client().request(options).compose(request -> request.send(body)).compose(response -> response.body()
                .map(response.statusCode()));
    }

    Future<Void> after(long millis) {
        return millis <= 0
                ? Future.succeededFuture()
                : Future.future(promise -> vertx.setTimer(millis, fired -> promise.complete()));
    }

    /** 0 to the bound, both included. */
    synchronized int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = vertx.createHttpClient(
                    new HttpClientOptions().setConnectTimeout(2_000), new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
        }
        return client;
    }
}
