package io.incidentbridge.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One replica: the packaged application, a jar or an executable, as a process of its own in the profile test. */
public final class BridgeProcess implements AutoCloseable {

    /** Far above the seconds that it takes: a machine that compiles and tests at once takes a minute. */
    private static final Duration START = Duration.ofSeconds(150);

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final String url;
    private final String management;

    private BridgeProcess(Process process, String url, String management) {
        this.process = process;
        this.url = url;
        this.management = management;
    }

    /** @param properties as the test resource gives them, and whatever the test needs */
    public static BridgeProcess start(Map<String, String> properties) {
        return await(launch(properties), BridgeProcess::answers);
    }

    /** Starts it and waits for its readiness alone: for a bridge whose public port speaks TLS. */
    public static BridgeProcess startReady(Map<String, String> properties) {
        return await(launch(properties), BridgeProcess::isReady);
    }

    /** Starts it as an image does: in the profile prod, and with what {@code config} below the folder holds. */
    public static BridgeProcess startInProduction(Path folder) {
        return await(launch("prod", folder, Map.of()), BridgeProcess::isReady);
    }

    private static BridgeProcess await(BridgeProcess bridge, Sign sign) {
        try {
            Awaitility.await().atMost(START).ignoreExceptions().until(() -> !bridge.isAlive() || sign.seen(bridge));
        } catch (ConditionTimeoutException e) {
            bridge.close();
            throw e;
        }
        if (!bridge.isAlive()) {
            throw new IllegalStateException("did not start; see target/replicas/bridge-"
                    + URI.create(bridge.url).getPort() + ".log");
        }
        return bridge;
    }

    private interface Sign {
        boolean seen(BridgeProcess bridge) throws Exception;
    }

    private static BridgeProcess launch(Map<String, String> properties) {
        return launch("test", Path.of(""), properties);
    }

    private static BridgeProcess launch(String profile, Path folder, Map<String, String> properties) {
        int port = Ports.free();
        int managementPort = Ports.free();
        List<String> command = new ArrayList<>(launcher());
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dquarkus.profile=" + profile);
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + managementPort);
        if (!isExecutable()) {
            command.add("-jar");
            command.add(JAR.toAbsolutePath().toString());
        }
        try {
            Files.createDirectories(Path.of("target/replicas"));
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(new File("target/replicas/bridge-" + port + ".log").getAbsoluteFile())
                    .start();
            return new BridgeProcess(process, "http://127.0.0.1:" + port, "http://127.0.0.1:" + managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Several at once, which takes less time than one after the other. */
    public static List<BridgeProcess> start(int count, Map<String, String> properties) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(properties)))
                .limit(count)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** Posts JSON with a Data Action's key. */
    public CompletableFuture<HttpResponse<String>> post(String path, String json) {
        return post(path, json, "sandbox-data-action");
    }

    public CompletableFuture<HttpResponse<String>> post(String path, String json, String key) {
        return send("POST", path, json, key);
    }

    /** Sends any request; no body when {@code json} is null. */
    public CompletableFuture<HttpResponse<String>> send(String method, String path, String json, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-API-Key", key)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Whether a cluster would send it requests; false also when it does not answer. */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(management + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@code kill -TERM}; does not wait. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where Data Actions are answered, without a scheme. */
    public String address() {
        return url.substring("http://".length());
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Stops running where it is, with its connections left open: SIGSTOP. */
    public void freeze() {
        ProcessSignal.STOP.sendTo(pid());
    }

    /** Goes on as if no time had passed: SIGCONT. */
    public void thaw() {
        ProcessSignal.CONT.sendTo(pid());
    }

    /** For example {@code http://127.0.0.1:41234}. */
    public String url() {
        return url;
    }

    /** What it has written until now. */
    public String log() {
        try {
            return Files.readString(
                    Path.of("target/replicas/bridge-" + URI.create(url).getPort() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws Exception {
        return post("/v1/callers/lookup", "{\"ani\":\"+14152000000\"}")
                .get()
                .body()
                .contains("NOT_FOUND");
    }

    private static List<String> launcher() {
        return isExecutable() ? List.of(executable().toAbsolutePath().toString()) : List.of(java());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isExecutable() {
        return Files.exists(executable());
    }

    private static Path executable() {
        return Path.of(System.getProperty("native.image.path", "target/none"));
    }
}
