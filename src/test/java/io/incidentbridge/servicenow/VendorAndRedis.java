package io.incidentbridge.servicenow;

import io.incidentbridge.redis.TestRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Redis, and a ServiceNow that knows nobody, gives out tokens and remembers the requests. */
public class VendorAndRedis implements QuarkusTestResourceLifecycleManager {

    static final List<HttpServerRequest> REQUESTS = new CopyOnWriteArrayList<>();
    static final int LIMIT = 40;
    static volatile int status = 200;

    private final Vertx vertx = Vertx.vertx();
    private TestRedis redis;

    @Override
    public Map<String, String> start() {
        redis = new TestRedis();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        String url = "http://127.0.0.1:" + server.actualPort();
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.redis.hosts", redis.url()),
                Map.entry("bridge.redis.deadline", "2s"),
                Map.entry("bridge.servicenow.url", url),
                Map.entry("bridge.servicenow.client-id", "test"),
                Map.entry("bridge.servicenow.client-secret", "test"),
                Map.entry("bridge.genesys.api-url", url),
                Map.entry("bridge.genesys.login-url", url),
                Map.entry("bridge.genesys.client-id", "test"),
                Map.entry("bridge.genesys.client-secret", "test"),
                Map.entry("bridge.budget.max-pause", "5m"),
                Map.entry("bridge.budget.upstreams.servicenow.windows[0].limit", Integer.toString(LIMIT)));
    }

    private void answer(HttpServerRequest request) {
        REQUESTS.add(request);
        boolean login = request.path().equals("/oauth_token.do");
        request.response()
                .setStatusCode(login ? 200 : status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", "30")
                .end(login ? "{\"access_token\":\"t\",\"expires_in\":1800}" : "{\"result\":[]}");
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }
}
