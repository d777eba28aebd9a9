package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;

/** The simulator behind a real HTTP server on a random port, mounted below a path as the sandbox does. */
final class SimulatedInstance implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-02T18:30:00Z");
    static final String ABEL = SysIds.of("user abel.tuter");

    private static final String MOUNT = "/sandbox/servicenow";

    final TestClock clock = new TestClock();
    final ServiceNowSimulator simulator = new ServiceNowSimulator(clock);
    /** What the simulator said of the last request. */
    volatile boolean metered;

    volatile String client;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SimulatedInstance() {
        Router vendor = Router.router(vertx);
        simulator.mount(vendor);
        Router root = Router.router(vertx);
        root.route().handler(context -> {
            metered = simulator.isMetered(context.request());
            client = simulator.client(context.request());
            context.next();
        });
        root.route().handler(BodyHandler.create(false));
        root.route(MOUNT + "/*").subRouter(vendor);
        server = vertx.createHttpServer()
                .requestHandler(root)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String address() {
        return "http://localhost:" + server.actualPort() + MOUNT;
    }

    /** A request with the headers of a well-behaved client. */
    HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", basic("sandbox", "sandbox")).header("Accept", "application/json");
    }

    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends what Java's client would refuse to send: a target that is no valid URI. */
    String sendRaw(String target) {
        String request = "GET " + MOUNT + target + " HTTP/1.0\r\nAuthorization: " + basic("sandbox", "sandbox")
                + "\r\nAccept: */*\r\n\r\n";
        try (Socket socket = new Socket("localhost", server.actualPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> write(String method, String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /** Creates an incident and gives it back. */
    JsonObject create(JsonObject incident) {
        return result(write("POST", "/api/now/table/incident", incident));
    }

    JsonObject update(JsonObject incident, JsonObject changes) {
        return result(write("PATCH", "/api/now/table/incident/" + incident.getString("sys_id"), changes));
    }

    JsonArray list(String table, String query) {
        return new JsonObject(get("/api/now/table/" + table + "?sysparm_query=" + UrlEncoded.encode(query))
                        .body())
                .getJsonArray("result");
    }

    static JsonObject result(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("result");
    }

    static JsonObject error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("error");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Stands still unless moved. */
    static final class TestClock extends Clock {

        private volatile Instant now = START;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
