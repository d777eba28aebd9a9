package io.incidentbridge.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Stands where the simulated vendors take the bridge to be, and keeps what they deliver. */
public final class WebhookReceiver implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 202;

    /** @param headers the first value of each, by its name in lower case */
    public record Delivery(String path, Map<String, String> headers, String text) {

        public JsonObject body() {
            return new JsonObject(text);
        }
    }

    private WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    /** Receives what these vendors send. */
    public static WebhookReceiver of(VendorClient vendors) throws Exception {
        WebhookReceiver receiver = new WebhookReceiver();
        String url = "http://127.0.0.1:" + receiver.server.getAddress().getPort();
        vendors.control(
                "PUT", "/sandbox/bridge", new JsonObject().put("url", url).encode());
        return receiver;
    }

    public void answer(int changed) {
        status = changed;
    }

    /** Waits until there are that many, and answers all of them in the order of their arrival. */
    public List<Delivery> await(int count) {
        Awaitility.await().atMost(LONG).until(() -> deliveries.size() >= count);
        return List.copyOf(deliveries);
    }

    public JsonObject awaitLast(int count) {
        return await(count).get(count - 1).body();
    }

    private void take(HttpExchange exchange) throws IOException {
        int answer = status;
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        deliveries.add(new Delivery(exchange.getRequestURI().getPath(), headers, text));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
