package io.incidentbridge.journey;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.Set;

/** Speaks TLS in front of a server that does not. */
final class TlsFront implements AutoCloseable {

    private final NetClient client;
    private final NetServer server;

    TlsFront(Vertx vertx, int port, int target, Path certificate, Path key, Set<String> versions) {
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setEnabledSecureTransportProtocols(versions)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificate.toString())
                                .addKeyPath(key.toString())))
                .connectHandler(in -> join(in, target))
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }

    private void join(NetSocket in, int target) {
        in.pause();
        client.connect(target, "127.0.0.1").onFailure(failed -> in.close()).onSuccess(out -> {
            in.pipeTo(out);
            out.pipeTo(in);
        });
    }
}
