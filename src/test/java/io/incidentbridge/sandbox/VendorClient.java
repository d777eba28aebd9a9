package io.incidentbridge.sandbox;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Simulated vendors of a test's own, and requests to them. */
public final class VendorClient implements AutoCloseable {

    public static final String GENESYS = "/sandbox/genesys";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final VendorServer server;

    private VendorClient(VendorServer server) {
        this.server = server;
    }

    public static VendorClient start(Clock clock) {
        return start(clock, URI.create("http://localhost:1"), SimulatedVendors.all(clock));
    }

    static VendorClient start(Clock clock, URI bridge, List<SimulatedVendor> vendors) {
        return new VendorClient(VendorServer.start("127.0.0.1", 0, bridge, clock, vendors));
    }

    public String baseUrl() {
        return server.baseUrl();
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, Duration.ofSeconds(20));
    }

    public HttpResponse<String> send(HttpRequest.Builder request, Duration timeout)
            throws IOException, InterruptedException {
        return http.send(request.timeout(timeout).build(), BodyHandlers.ofString());
    }

    /** Without token: the sandbox's own controls. */
    public HttpResponse<String> control(String method, String path, String body) throws Exception {
        return send(
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    public JsonObject json(String path) throws Exception {
        return new JsonObject(control("GET", path, null).body());
    }

    public void faults(String json) throws Exception {
        HttpResponse<String> answer = control("PUT", "/sandbox/faults/genesys", json);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    public JsonObject traffic() throws Exception {
        return json("/sandbox/traffic").getJsonObject("genesys");
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
    }

    public HttpResponse<String> login(String client, String secret, String form) throws Exception {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request(GENESYS + "/oauth/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    public String token(String client) throws Exception {
        HttpResponse<String> answer = login(client, client, "grant_type=client_credentials");
        return new JsonObject(answer.body()).getString("access_token");
    }

    /** @param path below {@code /api/v2/} */
    public HttpRequest.Builder api(String token, String method, String path, String body) {
        return request(GENESYS + "/api/v2/" + path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    public HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        return send(api(token, method, path, body));
    }

    /** @return the conversation, waiting in the service desk's queue */
    public JsonObject startConversation(String id) throws Exception {
        String body = new JsonObject()
                .put("conversationId", id)
                .put("ani", "+14155550123")
                .encode();
        return new JsonObject(
                control("POST", GENESYS + "/control/conversations", body).body());
    }

    public void move(String id, String state) throws Exception {
        HttpResponse<String> answer =
                control("PUT", GENESYS + "/control/conversations/" + id + "/state", "{\"state\":\"" + state + "\"}");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
