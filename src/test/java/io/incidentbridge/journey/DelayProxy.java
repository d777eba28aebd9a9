package io.incidentbridge.journey;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/** A TCP connection's detour that takes its time, in the direction of the answers. */
public final class DelayProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server;
    private volatile long delayMillis;

    /** @param port on this machine, where the server listens */
    public DelayProxy(int port) {
        server = vertx.createNetServer().connectHandler(socket -> connect(socket.pause(), port));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on; zero for none. */
    public void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void connect(NetSocket near, int port) {
        client.connect(port, "127.0.0.1").onFailure(refused -> near.close()).onSuccess(far -> {
            near.handler(far::write).closeHandler(closed -> far.close());
            far.handler(bytes -> late(() -> near.write(bytes))).closeHandler(closed -> late(near::close));
            near.resume();
        });
    }

    /** Timers of the same length keep their order; a shorter one would overtake, so the delay only ends when idle. */
    private void late(Runnable work) {
        long delay = delayMillis;
        if (delay == 0) {
            work.run();
        } else {
            vertx.setTimer(delay, now -> work.run());
        }
    }
}
