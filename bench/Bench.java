import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures caller lookups: latency under an open-loop load (each request's clock starts when it was due, so a stall counts
 * for all it delays), saturation with wrk, start-up and memory. Beside each latency stands that of the same trips made
 * directly, without the bridge: the difference is the bridge's own. Rounds of both alternate. A round with an unexpected
 * answer ends the run.
 */
public class Bench {

    private static final String KEY = "bench-0123456789-0123456789-0123456789-0123456789";
    private static final String ANI = "+14155550123";
    private static final Path RESULTS = Path.of("bench/results");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Process> started = new ArrayList<>();
    private final int rounds;
    private final int seconds;
    private final int rate;
    private final Path executable;
    private String vendors;
    private String redis;

    Bench(Map<String, String> options) {
        rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
        seconds = Integer.parseInt(options.getOrDefault("seconds", "20"));
        rate = Integer.parseInt(options.getOrDefault("rate", "40"));
        executable = options.containsKey("native") ? Path.of(options.get("native")) : null;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            options.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        if (options.containsKey("help")) {
            System.out.println("bench/run [--rounds=5] [--seconds=20] [--rate=40] [--native=target/…-runner]");
            return;
        }
        Bench bench = new Bench(options);
        try {
            bench.run();
        } finally {
            bench.started.forEach(Process::destroy);
        }
    }

    private void run() throws Exception {
        Files.createDirectories(RESULTS);
        startVendors();
        put("/sandbox/faults/servicenow", "{\"rateLimit\":1000000}");
        StringBuilder report = new StringBuilder("# Caller lookup, " + Instant.now() + "\n\n" + machine() + "\n\n");
        report.append(latencies());
        report.append(saturation());
        report.append(startups());
        System.out.println(report);
        Files.writeString(RESULTS.resolve("lookup-" + Instant.now().getEpochSecond() + ".md"), report);
    }

    private String latencies() throws Exception {
        Bridge uncached = startBridge(List.of("-Dbridge.caller.fresh=1ms", "-Dbridge.caller.fresh-unknown=1ms"), false);
        Bridge cached = startBridge(List.of("-Dbridge.caller.fresh=1h"), false);
        Direct direct = new Direct();
        Map<String, Supplier<CompletableFuture<Boolean>>> calls = new LinkedHashMap<>();
        calls.put("an HTTP trip that does nothing (the client's and the loopback's share)", direct::emptyTrip);
        calls.put("cached: bridge", cached::lookup);
        calls.put("cached: the Redis trip alone", direct::redisTrip);
        calls.put("uncached: bridge", uncached::lookup);
        calls.put("uncached: two ServiceNow trips and the Redis trip alone", direct::allTrips);
        for (Supplier<CompletableFuture<Boolean>> call : calls.values()) {
            openLoop(call, rate, 10);
        }
        Map<String, List<double[]>> figures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Supplier<CompletableFuture<Boolean>>> call : calls.entrySet()) {
                double[] sorted = openLoop(call.getValue(), rate, seconds);
                figures.computeIfAbsent(call.getKey(), name -> new ArrayList<>())
                        .add(new double[] {at(sorted, 0.5), at(sorted, 0.99)});
                keep(call.getKey(), round, sorted);
            }
        }
        uncached.stop();
        cached.stop();
        StringBuilder table = new StringBuilder("## Latency at " + rate + " lookups/s, open loop, ms\n\n");
        table.append(rounds + " alternating rounds of " + seconds + " s; median of the rounds (lowest to highest).\n\n");
        table.append("| | p50 | p99 |\n| --- | --- | --- |\n");
        figures.forEach((name, list) -> table.append("| " + name + " | " + spread(list, 0) + " | " + spread(list, 1) + " |\n"));
        table.append(difference("cached: the bridge's own", figures, "cached: bridge", "cached: the Redis trip alone"));
        table.append(difference("uncached: the bridge's own", figures, "uncached: bridge",
                "uncached: two ServiceNow trips and the Redis trip alone"));
        return table.append("\n").toString();
    }

    private String saturation() throws Exception {
        if (run("wrk", "-v") < 0) {
            return "## Saturation\n\nSKIPPED: wrk is not installed.\n\n";
        }
        StringBuilder table = new StringBuilder("## Saturation, wrk, 64 connections, 10 s, the bridge on its JVM\n\n");
        table.append("Vendors, Redis and wrk share the machine's cores with the bridge.\n\n");
        table.append("| | lookups/s | lookups per CPU second of the bridge |\n| --- | --- | --- |\n");
        for (String fresh : List.of("1h", "1ms")) {
            Bridge bridge = startBridge(List.of("-Dbridge.caller.fresh=" + fresh), false);
            wrk(bridge, 10);
            List<double[]> figures = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                Duration before = bridge.cpu();
                double perSecond = wrk(bridge, 10);
                double cpu = bridge.cpu().minus(before).toMillis() / 1000.0;
                figures.add(new double[] {perSecond, perSecond * 10 / cpu});
            }
            bridge.stop();
            table.append("| " + (fresh.equals("1h") ? "cached" : "uncached, simultaneous lookups of one number joined")
                    + " | " + whole(figures, 0) + " | " + whole(figures, 1) + " |\n");
        }
        return table.append("\n").toString();
    }

    private String startups() throws Exception {
        StringBuilder table = new StringBuilder("## Start-up and memory\n\n");
        table.append("First answer: from starting the process to the first answered lookup. Loaded: after 10 s of ");
        table.append(rate + " lookups/s.\n\n| | first answer, ms | RSS idle, MB | RSS loaded, MB |\n| --- | --- | --- | --- |\n");
        table.append(startup("JVM", false));
        table.append(executable == null ? "| native | SKIPPED: no --native=… given | | |\n" : startup("native", true));
        return table.append("\n").toString();
    }

    private String startup(String name, boolean isNative) throws Exception {
        List<double[]> figures = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            Bridge bridge = startBridge(List.of(), isNative);
            double idle = bridge.rss();
            openLoop(bridge::lookup, rate, 10);
            figures.add(new double[] {bridge.firstAnswerMs, idle, bridge.rss()});
            bridge.stop();
        }
        return "| " + name + " | " + whole(figures, 0) + " | " + whole(figures, 1) + " | " + whole(figures, 2) + " |\n";
    }

    /** Latencies in ms, sorted; ends the run when an answer was not what was expected. */
    private double[] openLoop(Supplier<CompletableFuture<Boolean>> call, int perSecond, int length) throws Exception {
        int total = perSecond * length;
        double[] latencies = new double[total];
        List<CompletableFuture<?>> answers = new ArrayList<>();
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 0; i < total; i++) {
            int index = i;
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(due - System.nanoTime(), 1_000_000));
            }
            answers.add(call.get().thenAccept(good -> {
                latencies[index] = (System.nanoTime() - due) / 1e6;
                if (!good) {
                    throw new IllegalStateException("unexpected answer");
                }
            }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        Arrays.sort(latencies);
        return latencies;
    }

    private double wrk(Bridge bridge, int length) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("wrk", "-t1", "-c64", "-d" + length + "s", "-s", "bench/lookup.lua",
                bridge.url + "/v1/callers/lookup");
        builder.environment().put("BENCH_KEY", KEY);
        builder.environment().put("BENCH_ANI", ANI);
        Process wrk = builder.redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || output.contains("Non-2xx")) {
            throw new IllegalStateException(output);
        }
        return output.lines().filter(line -> line.startsWith("Requests/sec:")).findFirst()
                .map(line -> Double.parseDouble(line.substring(13).strip())).orElseThrow();
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

    private Bridge startBridge(List<String> properties, boolean isNative) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(isNative ? List.of(executable.toString())
                : List.of("java", "-Xmx512m"));
        command.addAll(properties);
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + freePort(), "-Dquarkus.redis.hosts=" + redis,
                "-Dbridge.servicenow.url=" + vendors + "/sandbox/servicenow",
                "-Dbridge.servicenow.client-id=sandbox", "-Dbridge.servicenow.client-secret=sandbox",
                "-Dbridge.genesys.api-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.login-url=" + vendors + "/sandbox/genesys",
                "-Dbridge.genesys.client-id=sandbox", "-Dbridge.genesys.client-secret=sandbox",
                "-Dbridge.budget.upstreams.servicenow.windows[0].limit=1000000",
                "-Dbridge.security.hash-key=bench-hash-key-0123456789-0123456789-0123456789",
                "-Dbridge.security.clients.bench.rights=data-action",
                "-Dbridge.security.clients.bench.key-hashes=" + sha256(KEY)));
        if (!isNative) {
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        }
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(RESULTS.resolve("bridge-" + port + ".log").toFile()).start();
        started.add(process);
        Bridge bridge = new Bridge(process, "http://127.0.0.1:" + port);
        while (!bridge.answers()) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                throw new IllegalStateException("the bridge does not start: see bench/results/bridge-" + port + ".log");
            }
            LockSupport.parkNanos(2_000_000);
        }
        bridge.firstAnswerMs = (System.nanoTime() - start) / 1e6;
        return bridge;
    }

    private final class Bridge {
        private final Process process;
        private final String url;
        private final HttpRequest request;
        private double firstAnswerMs;

        Bridge(Process process, String url) {
            this.process = process;
            this.url = url;
            this.request = HttpRequest.newBuilder(URI.create(url + "/v1/callers/lookup"))
                    .header("X-API-Key", KEY).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"ani\":\"" + ANI + "\"}")).build();
        }

        CompletableFuture<Boolean> lookup() {
            return http.sendAsync(request, BodyHandlers.ofString())
                    .thenApply(answer -> answer.statusCode() == 200 && answer.body().contains("\"status\":\"FOUND\"")
                            && answer.body().contains("\"incidentsAvailable\":true"));
        }

        boolean answers() {
            try {
                return lookup().get(5, TimeUnit.SECONDS);
            } catch (Exception e) {
                return false;
            }
        }

        double rss() throws Exception {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
            return Double.parseDouble(new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()) / 1024;
        }

        Duration cpu() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        void stop() throws Exception {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    /** The trips of a lookup without the bridge: one round trip to Redis, the user search, the incident search. */
    private final class Direct {
        private final String token = token();
        private final String sysId = first("sys_user", "user_name=abel.tuter", "sys_id");
        private final HttpRequest users = list("sys_user", spellings(), 1000,
                "sys_id,user_name,name,vip,active,employee_number,phone,mobile_phone,home_phone");
        private final HttpRequest incidents = list("incident", "caller_id=" + sysId
                + "^active=true^stateIN1,2,3^ORDERBYDESCsys_updated_on", 3,
                "sys_id,number,short_description,state,priority,sys_updated_on,caller_id,active");
        private final HttpRequest empty = HttpRequest.newBuilder(URI.create(vendors + "/sandbox/servicenow/sandbox-state"))
                .build();
        private final List<Socket> idle = new ArrayList<>();

        Direct() throws Exception {}

        CompletableFuture<Boolean> emptyTrip() {
            return http.sendAsync(empty, BodyHandlers.ofString()).thenApply(answer -> answer.statusCode() == 200);
        }

        CompletableFuture<Boolean> redisTrip() {
            return CompletableFuture.supplyAsync(this::ping);
        }

        CompletableFuture<Boolean> allTrips() {
            return redisTrip().thenCompose(pong -> get(users)).thenCompose(found -> get(incidents));
        }

        private CompletableFuture<Boolean> get(HttpRequest request) {
            return http.sendAsync(request, BodyHandlers.ofString())
                    .thenApply(answer -> answer.statusCode() == 200 && answer.body().startsWith("{\"result\":[{"));
        }

        private boolean ping() {
            try {
                Socket socket = borrow();
                OutputStream out = socket.getOutputStream();
                out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                boolean pong = new String(in.readNBytes(7), StandardCharsets.US_ASCII).equals("+PONG\r\n");
                synchronized (idle) {
                    idle.add(socket);
                }
                return pong;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private Socket borrow() throws IOException {
            synchronized (idle) {
                if (!idle.isEmpty()) {
                    return idle.remove(idle.size() - 1);
                }
            }
            URI address = URI.create(redis);
            Socket socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            return socket;
        }

        private String spellings() {
            List<String> terms = new ArrayList<>();
            for (String field : List.of("phone", "mobile_phone", "home_phone")) {
                terms.add(field + "ENDSWITH0123");
                for (int cut = 1; cut < 4; cut++) {
                    for (String separator : List.of(" ", "-", ".", "/")) {
                        terms.add(field + "ENDSWITH" + "0123".substring(0, cut) + separator + "0123".substring(cut));
                    }
                }
                for (String mark : List.of(" ", "x", "e", ";")) {
                    terms.add(field + "LIKE0123" + mark);
                }
            }
            return "active=true^" + String.join("^OR", terms);
        }

        private HttpRequest list(String table, String query, int limit, String fields) {
            return HttpRequest.newBuilder(URI.create(vendors + "/sandbox/servicenow/api/now/table/" + table
                    + "?sysparm_query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&sysparm_fields=" + fields
                    + "&sysparm_limit=" + limit + "&sysparm_display_value=false&sysparm_exclude_reference_link=true"
                    + "&sysparm_no_count=true&sysparm_suppress_pagination_header=true"))
                    .header("Authorization", "Bearer " + token).header("Accept", "application/json").build();
        }

        private String first(String table, String query, String field) throws Exception {
            String body = http.send(list(table, query, 1, field), BodyHandlers.ofString()).body();
            return body.replaceFirst(".*\"" + field + "\":\"([^\"]*)\".*", "$1");
        }

        private String token() throws Exception {
            HttpRequest login = HttpRequest.newBuilder(URI.create(vendors + "/sandbox/servicenow/oauth_token.do"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=sandbox&client_secret=sandbox"))
                    .build();
            return http.send(login, BodyHandlers.ofString()).body().replaceFirst(".*\"access_token\":\"([^\"]*)\".*", "$1");
        }
    }

    private void put(String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(vendors + path))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.body());
        }
    }

    private static String difference(String name, Map<String, List<double[]>> figures, String with, String without) {
        List<double[]> differences = new ArrayList<>();
        for (int i = 0; i < figures.get(with).size(); i++) {
            double[] a = figures.get(with).get(i);
            double[] b = figures.get(without).get(i);
            differences.add(new double[] {a[0] - b[0], a[1] - b[1]});
        }
        return "| **" + name + "** | " + spread(differences, 0) + " | " + spread(differences, 1) + " |\n";
    }

    private static String spread(List<double[]> figures, int column) {
        return spread(figures, column, "%.2f");
    }

    private static String whole(List<double[]> figures, int column) {
        return spread(figures, column, "%.0f");
    }

    private static String spread(List<double[]> figures, int column, String format) {
        double[] sorted = figures.stream().mapToDouble(figure -> figure[column]).sorted().toArray();
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", sorted[sorted.length / 2], sorted[0],
                sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)];
    }

    private static void keep(String name, int round, double[] sorted) throws IOException {
        String file = name.replaceAll("[^a-z]+", "-") + "-" + round + ".txt";
        Files.writeString(RESULTS.resolve(file), Arrays.stream(sorted).mapToObj(Double::toString)
                .collect(Collectors.joining("\n")));
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1;
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
