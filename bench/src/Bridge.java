import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.Ports;
import io.incidentbridge.testing.VendorSimulation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One replica: the packaged application as a process of its own, in the profile of production. */
final class Bridge implements Gateway {

    /** Somebody whom the simulated ServiceNow knows, with open incidents. */
    static final String ANI = "+14155550123";

    static final String KEY = "bench-0123456789-0123456789-0123456789-0123456789";

    private static final Map<String, String> HEADERS = Map.of("X-API-Key", KEY);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    /** Another copy of the packaged application, for runs that outlast the next build of it. */
    private static final String APPLICATION = System.getProperty("bench.application", "target/quarkus-app");

    private final Client client;
    private final Process process;
    private final String url;
    private final String management;
    private double firstAnswerMs;

    private Bridge(Client client, Process process, int port, int managementPort) {
        this.client = client;
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
        this.management = "http://127.0.0.1:" + managementPort;
    }

    /** The command of the packaged JVM application. */
    static List<String> jvm(String... flags) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags));
        return command;
    }

    /** What a replica needs to know of its vendors and its Redis, whose limits are raised; and whatever more is given. */
    static Map<String, String> properties(VendorSimulation vendors, String redis, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(vendors.properties(Map.of()));
        properties.put("quarkus.redis.hosts", redis);
        properties.put("bridge.redis.preflight", "WARN");
        for (String vendor : List.of("servicenow", "genesys")) {
            properties.put("bridge." + vendor + ".client-id", "sandbox");
            properties.put("bridge." + vendor + ".client-secret", "sandbox");
            properties.put("bridge.budget.upstreams." + vendor + ".windows[0].limit", "1000000");
        }
        properties.put("bridge.budget.upstreams.servicenow.windows[1].limit", "100000000");
        properties.put("bridge.security.hash-key", "bench-hash-key-0123456789-0123456789-0123456789");
        properties.put("bridge.security.clients.bench.rights", "data-action,emergency,operator");
        properties.put("bridge.security.clients.bench.key-hashes", sha256(KEY));
        properties.putAll(more);
        return properties;
    }

    /**
     * Starts it and returns when it has answered a lookup.
     *
     * @param command an executable, or {@link #jvm}
     */
    static Bridge start(Client client, List<String> command, Map<String, String> properties) {
        int port = Ports.free();
        int managementPort = Ports.free();
        List<String> all = new ArrayList<>(command);
        properties.forEach((key, value) -> all.add("-D" + key + "=" + value));
        all.add("-Dquarkus.http.host=127.0.0.1");
        all.add("-Dquarkus.http.port=" + port);
        all.add("-Dquarkus.management.host=127.0.0.1");
        all.add("-Dquarkus.management.port=" + managementPort);
        if (command.get(0).endsWith("java")) {
            all.addAll(List.of("-jar", APPLICATION + "/quarkus-run.jar"));
        }
        String log = "bridge-" + port + ".log";
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(Cores.ofTheSystem(all))
                    .redirectErrorStream(true)
                    .redirectOutput(Results.file(log).toFile())
                    .start();
            // Also when a run is broken off.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Bridge bridge = new Bridge(client, process, port, managementPort);
            while (!bridge.answers()) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE) {
                    bridge.close();
                    throw new IllegalStateException("the bridge does not start: see " + Results.file(log));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            bridge.firstAnswerMs = (System.nanoTime() - start) / 1e6;
            return bridge;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<Client.Reply> lookup(String ani) {
        return client.send(lookupOf(ani));
    }

    CompletableFuture<Client.Reply> post(String path, String json) {
        return client.send(new Question(url + path, HEADERS, json));
    }

    CompletableFuture<Client.Reply> get(String path) {
        return client.send(new Question(url + path, HEADERS, null));
    }

    private Question lookupOf(String ani) {
        return new Question(
                url + "/v1/callers/lookup",
                HEADERS,
                new JsonObject().put("ani", ani).encode());
    }

    @Override
    public Question about(People.Person person) {
        return lookupOf(person.ani());
    }

    @Override
    public Question anew(int turn) {
        return lookupOf(Load.unknownNumber());
    }

    @Override
    public List<String> signs() {
        return List.of("\"status\":\"FOUND\"", "\"incidentsAvailable\":true", "\"stale\":false");
    }

    @Override
    public Verdict judge(Client.Reply reply) {
        return switch (status(reply)) {
            case "FOUND" -> isWhole(reply) ? Verdict.ANSWERED : Verdict.REFUSED;
            case "NOT_FOUND" -> Verdict.ANSWERED;
            case "UNAVAILABLE", "HTTP 429", "HTTP 503" -> Verdict.REFUSED;
            default -> Verdict.WRONG;
        };
    }

    @Override
    public Client client() {
        return client;
    }

    /**
     * The sum of a metric's series whose labels hold a text, as the management port tells it.
     *
     * @throws IllegalStateException when there is none, which is not the same as zero
     */
    double metric(String name, String label) {
        Client.Reply reply = client.send(new Question(management + "/q/metrics", Map.of(), null))
                .join();
        double[] series = reply.body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        if (series.length == 0) {
            throw new IllegalStateException(
                    "no metric " + name + " with " + label + " in an answer with status " + reply.status());
        }
        return Arrays.stream(series).sum();
    }

    String url() {
        return url;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public double firstAnswerMs() {
        return firstAnswerMs;
    }

    /** The status that an answer tells, or what came instead of one. */
    static String status(Client.Reply reply) {
        if (reply == null) {
            return "none";
        }
        return reply.status() == 200 ? new JsonObject(reply.body()).getString("status", "?") : "HTTP " + reply.status();
    }

    private boolean answers() {
        try {
            return isWhole(lookup(ANI).get(10, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
