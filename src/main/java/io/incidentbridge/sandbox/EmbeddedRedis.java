package io.incidentbridge.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a random port of the loopback interface, empty, keeping nothing on disk; it ends with this
 * process and its folder goes with it.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private final RedisServer server;
    private final Path folder;
    private final int port;

    private EmbeddedRedis(RedisServer server, Path folder, int port) {
        this.server = server;
        this.folder = folder;
        this.port = port;
    }

    public static EmbeddedRedis start() {
        try {
            Path folder = Files.createTempDirectory("incident-bridge-redis-");
            File binary =
                    ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            EmbeddedRedis redis = start(folder, binary);
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close, "embedded-redis-stop"));
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis does not start", e);
        }
    }

    private static EmbeddedRedis start(Path folder, File binary) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort();
            // Not by force: the library would not wait for the end, and the port would stay taken for a moment.
            RedisServer server = new RedisServer(port, command(binary, folder, port), false, line -> {}, line -> {});
            try {
                server.start();
                return new EmbeddedRedis(server, folder, port);
            } catch (IOException e) {
                // Someone else may have taken the port since it was found free.
                last = e;
            }
        }
        delete(folder);
        throw last;
    }

    private static List<String> command(File binary, Path folder, int port) {
        return List.of(
                binary.getAbsolutePath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** As {@code quarkus.redis.hosts} takes it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** When this returns the port is free again; closing twice does no harm. */
    @Override
    public synchronized void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        File[] files = folder.toFile().listFiles();
        if (files != null) {
            for (File file : files) {
                file.delete();
            }
        }
        folder.toFile().delete();
    }
}
