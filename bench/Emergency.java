import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long from an incident's event to Genesys: activations and resolutions one after the other, each at another replica.
 * Genesys is healthy and answers after its latency; the limit of its token is raised. The moment of a change is the
 * simulated Genesys' own, not that of somebody who asks.
 */
public class Emergency {

    private static final String KEY = "bench-0123456789-0123456789-0123456789-0123456789";
    private static final Path RESULTS = Path.of("bench/results");
    private static final Pattern CHANGE = Pattern.compile(
            "\"after\":\\{\"state\":\"(ACTIVE|INACTIVE)\",\"reason\":\"(bench-\\d+): .*?\"lastUpdated\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Process> started = new ArrayList<>();
    private final int runs;
    private final int latency;
    private final int replicas;
    private int refused;
    private String vendors;
    private String redis;

    Emergency(Map<String, String> options) {
        runs = Integer.parseInt(options.getOrDefault("runs", "200"));
        latency = Integer.parseInt(options.getOrDefault("latency", "50"));
        replicas = Integer.parseInt(options.getOrDefault("replicas", "2"));
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            options.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        if (options.containsKey("help")) {
            System.out.println("bench/emergency [--runs=200] [--latency=50 (of Genesys, ms)] [--replicas=2]");
            return;
        }
        new Emergency(options).run();
    }

    private void run() throws Exception {
        Files.createDirectories(RESULTS);
        try {
            startVendors();
            put("/sandbox/faults/genesys", "{\"latencyMs\":" + latency + ",\"rateLimit\":1000000}");
            List<String> bridges = new ArrayList<>();
            for (int i = 0; i < replicas; i++) {
                bridges.add(startBridge());
            }
            for (int i = 0; i < 10; i++) {
                cycle(bridges, "warm-" + i, i, new ArrayList<>(), new HashMap<>(), new HashMap<>());
            }
            measure(bridges);
        } finally {
            for (Process process : started) {
                process.destroy();
            }
            for (Process process : started) {
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private void measure(List<String> bridges) throws Exception {
        List<Double> acknowledged = new ArrayList<>();
        Map<String, Instant> activated = new HashMap<>();
        Map<String, Instant> resolved = new HashMap<>();
        for (int i = 0; i < runs; i++) {
            cycle(bridges, "bench-" + i, i, acknowledged, activated, resolved);
        }
        List<Double> on = new ArrayList<>();
        List<Double> off = new ArrayList<>();
        Matcher changes = CHANGE.matcher(get(vendors + "/sandbox/genesys/control/changes?target=telephony/emergencyrouting"));
        while (changes.find()) {
            boolean active = changes.group(1).equals("ACTIVE");
            Instant sent = (active ? activated : resolved).remove(changes.group(2));
            if (sent != null) {
                (active ? on : off).add(Duration.between(sent, Instant.parse(changes.group(3))).toNanos() / 1e6);
            }
        }
        String report = "# From an incident's event to Genesys, " + Instant.now() + "\n\n"
                + Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version() + "; " + replicas
                + " replicas, Genesys answers after " + latency + " ms; " + refused + " events refused (503) and repeated\n\n| ms | runs | p50 | p95 | p99 | most |\n"
                + "| --- | --- | --- | --- | --- | --- |\n" + row("acknowledged (202)", acknowledged)
                + row("ACTIVE in Genesys", on) + row("INACTIVE in Genesys", off);
        System.out.println(report);
        Files.writeString(RESULTS.resolve("emergency-" + Instant.now().getEpochSecond() + ".md"), report);
    }

    private static String row(String name, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.0f | %.0f |%n", name, sorted.size(),
                at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Double> sorted, double quantile) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    /** Each event goes to another replica than the one before. */
    private void cycle(List<String> bridges, String id, int turn, List<Double> acknowledged,
            Map<String, Instant> activated, Map<String, Instant> resolved) throws Exception {
        acknowledged.add(tell(bridges.get(turn % bridges.size()), id, "EMERGENCY_ACTIVE", activated));
        await(bridges.get(turn % bridges.size()), id, "ACTIVE");
        acknowledged.add(tell(bridges.get((turn + 1) % bridges.size()), id, "EMERGENCY_RESOLVED", resolved));
        await(bridges.get((turn + 1) % bridges.size()), id, "INACTIVE");
    }

    private double tell(String bridge, String id, String mode, Map<String, Instant> times) throws Exception {
        String body = "{\"correlationId\":\"" + id + "\",\"incidentType\":\"MAJOR\",\"targetQueueIds\":[\"queue-12345\"],"
                + "\"routingMode\":\"" + mode + "\",\"timestamp\":\"" + Instant.now() + "\",\"ttl\":600}";
        times.put(id, Instant.now());
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(bridge + "/v1/emergencies"))
                .header("X-API-Key", KEY).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() == 503) {
            // Nothing was accepted: on a machine that is busy elsewhere a command to Redis may miss its deadline.
            refused++;
            LockSupport.parkNanos(200_000_000);
            return tell(bridge, id, mode, times);
        }
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private void await(String bridge, String id, String status) throws Exception {
        long start = System.nanoTime();
        while (!get(bridge + "/v1/emergencies/" + id).contains("\"status\":\"" + status + "\"")) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                throw new IllegalStateException(id + " does not become " + status);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void startVendors() throws Exception {
        Process process = new ProcessBuilder("java", "-Xmx512m", "-cp", "target/sandbox-classes:" + libraries(),
                "io.incidentbridge.sandbox.VendorProcess", "--port=0", "--with-redis")
                .redirectError(RESULTS.resolve("vendors.log").toFile()).start();
        started.add(process);
        BufferedReader lines = process.inputReader();
        vendors = lines.readLine();
        redis = lines.readLine();
    }

    private String libraries() throws IOException {
        try (Stream<Path> jars = Stream.concat(Files.list(Path.of("target/quarkus-app/lib/main")),
                Files.walk(Path.of(System.getProperty("user.home"), ".m2/repository/com/github/codemonstur")))) {
            return jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).collect(Collectors.joining(":"));
        }
    }

    private String startBridge() throws Exception {
        int port = freePort();
        List<String> command = List.of("java", "-Xmx400m", "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + freePort(), "-Dquarkus.redis.hosts=" + redis,
                "-Dbridge.redis.preflight=WARN",
                "-Dbridge.servicenow.url=" + vendors + "/sandbox/servicenow",
                "-Dbridge.servicenow.client-id=sandbox", "-Dbridge.servicenow.client-secret=sandbox",
                "-Dbridge.genesys.api-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.login-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.client-id=sandbox", "-Dbridge.genesys.client-secret=sandbox",
                "-Dbridge.genesys.emergency.client-id=sandbox-emergency",
                "-Dbridge.genesys.emergency.client-secret=sandbox-emergency",
                "-Dbridge.emergency.groups.default.targets[0].kind=EMERGENCY_ROUTING",
                "-Dbridge.budget.upstreams.genesys-emergency.windows[0].limit=100000",
                "-Dbridge.budget.replicas=" + replicas,
                "-Dbridge.security.hash-key=bench-hash-key-0123456789-0123456789-0123456789",
                "-Dbridge.security.clients.bench.rights=emergency",
                "-Dbridge.security.clients.bench.key-hashes=" + sha256(KEY),
                "-jar", "target/quarkus-app/quarkus-run.jar");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(RESULTS.resolve("bridge-" + port + ".log").toFile()).start();
        started.add(process);
        String url = "http://127.0.0.1:" + port;
        long start = System.nanoTime();
        while (!answers(url)) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(90)) {
                throw new IllegalStateException("the bridge does not start: see bench/results/bridge-" + port + ".log");
            }
            LockSupport.parkNanos(100_000_000);
        }
        return url;
    }

    private boolean answers(String url) {
        try {
            return get(url + "/v1/emergency-routing").contains("\"state\":\"INACTIVE\"");
        } catch (Exception e) {
            return false;
        }
    }

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).header("X-API-Key", KEY).build(), BodyHandlers.ofString())
                .body();
    }

    private void put(String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(vendors + path))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.body());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
