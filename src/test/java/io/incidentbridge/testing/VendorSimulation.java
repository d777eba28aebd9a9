package io.incidentbridge.testing;

import io.incidentbridge.sandbox.VendorProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The simulated vendors as a process of their own: their counters must not wait for the test's own work. */
public final class VendorSimulation implements AutoCloseable {

    private final Process process;
    private final String url;

    private VendorSimulation(Process process) {
        this.process = process;
        this.url = CompletableFuture.supplyAsync(this::firstLine)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    public static VendorSimulation start() {
        try {
            Files.createDirectories(Path.of("target/replicas"));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            VendorProcess.class.getName(),
                            "--port=0")
                    .redirectError(new File("target/replicas/vendors.log"))
                    .start();
            // Also when a test is broken off.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new VendorSimulation(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Vendors vendors() {
        return new Vendors(url, () -> {});
    }

    /** What a replica needs to know of them, and further properties. */
    public Map<String, String> properties(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("bridge.servicenow.url", url + "/sandbox/servicenow");
        properties.put("bridge.genesys.api-url", url + "/sandbox/genesys");
        properties.put("bridge.genesys.login-url", url + "/sandbox/genesys");
        properties.put("bridge.pagerduty.url", url + "/sandbox/pagerduty");
        properties.put("bridge.jira.url", url + "/sandbox/jira");
        return properties;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String firstLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IllegalStateException("the simulated vendors did not start, see target/replicas/vendors.log");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
