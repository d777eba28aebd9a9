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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * "E-mail is down": wrap-ups of one topic, many more than ServiceNow takes, beside calls on other topics, on several replicas;
 * once with the outage breaker and once without. Each request's clock starts when it was due. Prints what callers, ServiceNow and
 * operators saw.
 */
public class Outage {

    private static final String KEY = "bench-0123456789-0123456789-0123456789-0123456789";
    private static final Path RESULTS = Path.of("bench/results");
    private static final int WAIT_MS = 200;
    private static final List<String> PROPERTIES = new ArrayList<>();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Process> started = new ArrayList<>();
    private final int calls;
    private final int seconds;
    private final int limit;
    private final int replicas;
    private final int drain;
    private String vendors;
    private String redis;

    Outage(Map<String, String> options) {
        calls = Integer.parseInt(options.getOrDefault("calls", "5000"));
        seconds = Integer.parseInt(options.getOrDefault("seconds", "180"));
        limit = Integer.parseInt(options.getOrDefault("limit", "1000"));
        replicas = Integer.parseInt(options.getOrDefault("replicas", "4"));
        drain = Integer.parseInt(options.getOrDefault("drain", "900"));
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String arg : args) {
            if (arg.startsWith("-D")) {
                PROPERTIES.add(arg);
                continue;
            }
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            options.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        if (options.containsKey("help")) {
            System.out.println("bench/outage [--calls=5000] [--seconds=180] [--limit=1000] [--replicas=4] [--drain=900]\n"
                    + "-Dkey=value goes to the bridge");
            return;
        }
        StringBuilder report = new StringBuilder("# E-mail is down, " + Instant.now() + "\n\n");
        Outage with = new Outage(options);
        report.append(with.machine()).append("; ").append(with.calls).append(" wrap-ups in ").append(with.seconds)
                .append(" s, ServiceNow takes ").append(with.limit).append(" a minute, ").append(with.replicas)
                .append(" replicas\n\n| | with the breaker | without |\n| --- | --- | --- |\n");
        Map<String, String> first = with.round(true);
        Map<String, String> second = new Outage(options).round(false);
        first.forEach((name, value) -> report.append("| ").append(name).append(" | ").append(value).append(" | ")
                .append(second.get(name)).append(" |\n"));
        System.out.println(report);
        Files.writeString(RESULTS.resolve("outage-" + Instant.now().getEpochSecond() + ".md"), report);
    }

    private Map<String, String> round(boolean breaker) throws Exception {
        Files.createDirectories(RESULTS);
        try {
            startVendors();
            put("/sandbox/faults/servicenow", "{\"latencyMs\":150,\"rateLimit\":" + limit + ",\"rateLimitWindowSeconds\":60}");
            List<String> bridges = new ArrayList<>();
            for (int i = 0; i < replicas; i++) {
                bridges.add(startBridge(breaker));
            }
            for (String bridge : bridges) {
                storm(List.of(bridge), "warm-up-" + bridges.indexOf(bridge), 45, 15, new Tally());
            }
            return measure(bridges, breaker);
        } finally {
            for (Process process : started) {
                process.destroy();
            }
            for (Process process : started) {
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private Map<String, String> measure(List<String> bridges, boolean breaker) throws Exception {
        Tally mail = new Tally();
        Tally others = new Tally();
        CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> storm(bridges, "other", seconds, seconds, others));
        long start = System.nanoTime();
        storm(bridges, "email", calls, seconds, mail);
        beside.join();
        String masters = countOf("short_descriptionSTARTSWITHOutage: email");
        long tickets = Long.parseLong(countOf("short_descriptionLIKETopic: email"));
        long waiting = calls - mail.of("NOTED") - tickets;
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("Data Actions that failed", Long.toString(mail.failed.sum() + others.failed.sum()));
        figures.put("answers about e-mail", mail.toString());
        figures.put("answers about other topics", others.toString());
        figures.put("p50 / p99 beyond the caller's wait, ms", mail.quantile(0.5) + " / " + mail.quantile(0.99));
        figures.put("most requests in ServiceNow's sliding minute", traffic("\"maxPer60s\":(\\d+)"));
        figures.put("of these refused (429)", traffic("\"429\":(\\d+)"));
        figures.put("incidents that describe the outage", masters);
        figures.put("e-mail tickets at the end of the storm", Long.toString(tickets));
        figures.put("e-mail tickets that wait then", Long.toString(waiting));
        figures.put("e-mail incidents once all is done, and after how many minutes", drained(start, breaker));
        figures.put("tickets of other topics by then", countOf("short_descriptionLIKETopic: other"));
        figures.put("most requests in ServiceNow's sliding minute by then", traffic("\"maxPer60s\":(\\d+)"));
        return figures;
    }

    /** With the breaker the noted calls get their incidents afterwards. */
    private String drained(long start, boolean breaker) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(drain);
        String count;
        do {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
            count = countOf("short_descriptionLIKETopic: email");
        } while (Integer.parseInt(count) < calls && System.nanoTime() < until);
        return count + ", " + String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 6e10);
    }

    private void storm(List<String> bridges, String topic, int count, int length, Tally tally) {
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(length) / count;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(due - System.nanoTime(), 1_000_000));
            }
            answers.add(wrapUp(bridges.get(i % bridges.size()), topic)
                    .handle((answer, failure) -> tally.add(answer, failure, due)));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<HttpResponse<String>> wrapUp(String bridge, String topic) {
        String body = "{\"conversationId\":\"" + UUID.randomUUID() + "\",\"wrapUpCode\":\"" + topic
                + "\",\"customerName\":\"Abel Tuter\",\"sysId\":\"62826bf03710200044e0bfc8bcbe5df1\",\"waitMs\":" + WAIT_MS + "}";
        return http.sendAsync(HttpRequest.newBuilder(URI.create(bridge + "/v1/wrapups")).timeout(Duration.ofSeconds(30))
                .header("X-API-Key", KEY).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** What callers got. */
    private static final class Tally {
        private static final Pattern STATUS = Pattern.compile("\"status\":\"(\\w+)\"");
        private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        private final List<Double> beyond = new ArrayList<>();
        private final LongAdder failed = new LongAdder();

        Void add(HttpResponse<String> answer, Throwable failure, long due) {
            double took = (System.nanoTime() - due) / 1e6 - WAIT_MS;
            if (failure != null || answer.statusCode() != 200) {
                failed.increment();
                return null;
            }
            Matcher status = STATUS.matcher(answer.body());
            answers.computeIfAbsent(status.find() ? status.group(1) : "?", name -> new LongAdder()).increment();
            synchronized (beyond) {
                beyond.add(took);
            }
            return null;
        }

        long of(String status) {
            LongAdder count = answers.get(status);
            return count == null ? 0 : count.sum();
        }

        String quantile(double quantile) {
            double[] sorted = beyond.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0 ? "-" : String.format(Locale.ROOT, "%.0f",
                    Math.max(0, sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)]));
        }

        @Override
        public String toString() {
            return new TreeMap<>(answers).entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", "));
        }
    }

    private String countOf(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(vendors
                        + "/sandbox/servicenow/api/now/stats/incident?sysparm_count=true&sysparm_query="
                        + java.net.URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .header("Authorization", "Basic " + java.util.Base64.getEncoder()
                        .encodeToString("observer:observer".getBytes(StandardCharsets.UTF_8)))
                .header("Accept", "application/json").build();
        return http.send(request, BodyHandlers.ofString()).body().replaceFirst(".*\"count\":\"(\\d+)\".*", "$1");
    }

    private String traffic(String pattern) throws Exception {
        String body = http.send(HttpRequest.newBuilder(URI.create(vendors + "/sandbox/traffic")).build(), BodyHandlers.ofString())
                .body();
        Matcher found = Pattern.compile("\"servicenow\":\\{[^}]*?(?:\\{[^}]*}[^}]*?)*?" + pattern).matcher(body);
        return found.find() ? found.group(1) : "0";
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

    private String startBridge(boolean breaker) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("java", "-Xmx400m", "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + freePort(), "-Dquarkus.redis.hosts=" + redis,
                "-Dbridge.redis.preflight=WARN", "-Dbridge.redis.deadline=1s",
                "-Dbridge.servicenow.url=" + vendors + "/sandbox/servicenow",
                "-Dbridge.servicenow.client-id=sandbox", "-Dbridge.servicenow.client-secret=sandbox",
                "-Dbridge.genesys.api-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.login-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.client-id=sandbox", "-Dbridge.genesys.client-secret=sandbox",
                "-Dbridge.budget.upstreams.servicenow.windows[0].limit=" + limit,
                "-Dbridge.budget.replicas=" + replicas,
                "-Dbridge.outage.operation=" + (breaker ? "enforce" : "off"),
                "-Dbridge.outage.children.enabled=true",
                "-Dbridge.security.hash-key=bench-hash-key-0123456789-0123456789-0123456789",
                "-Dbridge.security.clients.bench.rights=data-action",
                "-Dbridge.security.clients.bench.key-hashes=" + sha256(KEY),
                "-Dbridge.outage.master.adopt=false"));
        command.addAll(PROPERTIES);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
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
            return http.send(HttpRequest.newBuilder(URI.create(url + "/v1/outages/current?topic=x"))
                    .header("X-API-Key", KEY).build(), BodyHandlers.ofString()).statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    private void put(String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(vendors + path))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.body());
        }
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version();
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
