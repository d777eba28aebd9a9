package io.incidentbridge.journey;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

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
            Queue<Runnable> waiting = new ArrayDeque<>();
            near.handler(far::write).closeHandler(closed -> far.close());
            far.handler(bytes -> late(waiting, () -> near.write(bytes)))
                    .closeHandler(closed -> late(waiting, near::close));
            near.resume();
        });
    }

    /** Whichever timer ends first runs what has waited longest: answers keep their order when the delay is changed. */
    private void late(Queue<Runnable> waiting, Runnable work) {
        long delay = delayMillis;
        if (delay == 0 && waiting.isEmpty()) {
            work.run();
        } else {
            waiting.add(work);
            vertx.setTimer(Math.max(1, delay), now -> waiting.remove().run());
        }
    }
}
