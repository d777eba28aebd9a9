package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged application with traces switched on, which the package leaves off: what a collector and a vendor see. */
class TracesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "4155550123";
    private static final String TOKEN = "a-token-of-servicenow";
    private static final String CONVERSATION = "0f3bd2c5-8f62-4b0e-9a5d-31d4b7a1c9e2";
    private static final String LOOKUP = "POST /v1/callers/lookup";
    private static final String QUERY = "GET /api/now/table/{table}";

    private static final SandboxResource SANDBOX = new SandboxResource();
    /** Of OTLP: strings in it are plain UTF-8, ids raw bytes; here each byte is a character. */
    private static final List<String> EXPORTED = new CopyOnWriteArrayList<>();

    private static final List<String> TOLD_SERVICENOW = new CopyOnWriteArrayList<>();
    private static HttpServer collector;
    private static HttpServer serviceNow;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        collector = server(TracesIT::collect);
        serviceNow = server(TracesIT::serve);
        Map<String, String> properties = new HashMap<>(SANDBOX.start());
        properties.put("bridge.servicenow.url", address(serviceNow));
        properties.put("quarkus.otel.sdk.disabled", "false");
        properties.put("quarkus.otel.exporter.otlp.endpoint", address(collector));
        properties.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
        properties.put("quarkus.otel.bsp.schedule.delay", "200ms");
        bridge = BridgeProcess.start(properties);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        serviceNow.stop(0);
        collector.stop(0);
        SANDBOX.stop();
    }

    @Test
    void shouldTraceALookupToTheVendorWithoutSayingWhoCalls() throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest lookup = HttpRequest.newBuilder(URI.create(bridge.url() + "/v1/callers/lookup"))
                .header("X-API-Key", "sandbox-data-action")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .header("baggage", "caller=" + CALLER)
                .POST(BodyPublishers.ofString(
                        "{\"ani\":\"+1" + CALLER + "\",\"conversationId\":\"" + CONVERSATION + "\"}"))
                .build();
        HttpRequest wrapUp = HttpRequest.newBuilder(
                        URI.create(bridge.url() + "/v1/wrapups/" + CONVERSATION + "?ani=" + CALLER))
                .header("X-API-Key", "sandbox-data-action")
                .build();

        assertThat(http.send(lookup, BodyHandlers.ofString()).body()).contains("NOT_FOUND");
        http.send(wrapUp, BodyHandlers.discarding());

        await().atMost(PATIENCE)
                .until(() -> EXPORTED.stream().filter(TracesIT::isOfOurTrace).anyMatch(all -> all.contains(QUERY)));
        await().atMost(PATIENCE).until(() -> String.join("", EXPORTED).contains("/v1/wrapups/"));
        String all = String.join("", EXPORTED);
        assertThat(all).contains(LOOKUP);
        assertThat(TOLD_SERVICENOW).anyMatch(header -> header.startsWith("traceparent=00-" + TRACE));
        assertThat(TOLD_SERVICENOW).noneMatch(header -> header.startsWith("baggage="));
        assertThat(all).doesNotContain(CALLER, "sysparm_query", CONVERSATION, TOKEN, "sandbox-data-action");
    }

    private static boolean isOfOurTrace(String exported) {
        return exported.contains(text(HexFormat.of().parseHex(TRACE)));
    }

    private static void collect(HttpExchange exchange) throws IOException {
        EXPORTED.add(text(exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static void serve(HttpExchange exchange) throws IOException {
        exchange.getRequestHeaders()
                .forEach((name, values) -> TOLD_SERVICENOW.add(name.toLowerCase() + "=" + values.get(0)));
        boolean login = exchange.getRequestURI().getPath().endsWith("oauth_token.do");
        byte[] answer = (login ? "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":1800}" : "{\"result\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
