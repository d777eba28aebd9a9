package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The simulated vendors on a port of their own, without Quarkus and without the bridge. */
public final class VendorServer implements AutoCloseable {

    private static final URI DEFAULT_BRIDGE = URI.create("http://localhost:8080");
    /** The same faults in every run of a test. */
    static final long SEED = 20_260_701;

    private final Vertx vertx;
    private final String host;
    private HttpServer server;

    private VendorServer(String host) {
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        this.host = host;
    }

    /** @param port 0 for a random free one */
    public static VendorServer start(int port) {
        return start("127.0.0.1", port, DEFAULT_BRIDGE);
    }

    /** @param bridge where the call generator finds the bridge */
    public static VendorServer start(String host, int port, URI bridge) {
        Clock clock = Clock.systemUTC();
        return start(host, port, bridge, clock, SimulatedVendors.all(clock));
    }

    static VendorServer start(String host, int port, URI bridge, Clock clock, List<SimulatedVendor> vendors) {
        VendorServer vendorServer = new VendorServer(host);
        try {
            vendorServer.listen(port, bridge, clock, vendors);
            return vendorServer;
        } catch (RuntimeException e) {
            vendorServer.close();
            throw e;
        }
    }

    private void listen(int port, URI bridge, Clock clock, List<SimulatedVendor> vendors) {
        CallGenerator.Targets targets = new CallGenerator.Targets(() -> bridge, () -> URI.create(baseUrl()));
        Sandbox sandbox = new Sandbox(vertx, vendors, clock, new Random(SEED), targets);
        // A lost reply closes the connection, which over HTTP/2 would strike other requests as well.
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        server = await(
                vertx.createHttpServer(options).requestHandler(sandbox.router()).listen(port, host));
    }

    /** For example {@code http://127.0.0.1:41234}; the vendors are below {@code /sandbox}. */
    public String baseUrl() {
        String reachable = "0.0.0.0".equals(host) ? "localhost" : host;
        return "http://" + reachable + ":" + server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Vert.x did not answer within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
