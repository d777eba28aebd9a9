package io.incidentbridge.redis;

import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.ProcessSignal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server (or sentinel, or cluster node) as a process that can be stopped, hung and started again. */
public final class RedisProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static File binary;

    private final int port;
    private final List<String> arguments;
    private final Path folder;
    private Process process;

    private RedisProcess(int port, List<String> arguments) throws IOException {
        this.port = port;
        this.arguments = arguments;
        this.folder = Files.createTempDirectory("redis-");
    }

    /** A server without persistence on a free port; arguments as on its command line. */
    public static RedisProcess start(String... arguments) {
        return start(freePort(), arguments);
    }

    public static RedisProcess start(int port, String... arguments) {
        try {
            RedisProcess started = new RedisProcess(port, List.of(arguments));
            started.launch();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Its working directory: configuration files, dumps. */
    public Path folder() {
        return folder;
    }

    /** Stops answering, with its connections left open: SIGSTOP. */
    public void hang() {
        ProcessSignal.STOP.sendTo(process.pid());
    }

    /** Answers again, late commands included: SIGCONT. */
    public void resume() {
        ProcessSignal.CONT.sendTo(process.pid());
    }

    /** Dies at once; everything in memory is lost. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Starts again on the same port after {@link #kill}, empty unless it has files. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("it is still running: nothing would be lost");
        }
        try {
            launch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One command on a connection of its own; the reply as it came, type mark first. */
    public String call(String... command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((String.join(" ", command) + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[65536];
            InputStream in = socket.getInputStream();
            int length = in.read(buffer);
            return length < 0 ? "" : new String(buffer, 0, length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "!" + e.getMessage();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signals are POSIX'; a test that needs them is skipped, visibly, on Windows. */
    public static void assumeSignals() {
        Assumptions.assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "needs SIGSTOP, which Windows does not have");
    }

    public static int freePort() {
        // A cluster node also takes the port 10,000 above; both stay below the ports that systems give to clients.
        for (int attempt = 0; attempt < 100; attempt++) {
            int candidate = 10_000 + (int) (Math.random() * 10_000);
            try (ServerSocket probe = new ServerSocket(candidate);
                    ServerSocket bus = new ServerSocket(candidate + 10_000)) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port");
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().getPath()));
        // A file name must come first: sentinels and cluster nodes write their state to it.
        boolean configured = !arguments.isEmpty() && arguments.get(0).endsWith(".conf");
        if (configured) {
            command.add(arguments.get(0));
        }
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        if (!configured) {
            command.addAll(List.of("--save", ""));
        }
        command.addAll(configured ? arguments.subList(1, arguments.size()) : arguments);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        // Also when a test is broken off.
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> call("PING")
                .startsWith("+PONG"));
    }

    private static synchronized File binary() throws IOException {
        if (binary == null) {
            binary = ExecutableProvider.newJarResourceProvider(ExecutableProvider.newProvidedVersionsMap())
                    .get();
        }
        return binary;
    }
}
