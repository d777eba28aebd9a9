import io.incidentbridge.testing.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One of the other gateways, started as bench/peers/README.md says. */
final class Peer implements Gateway {

    private static final int MISSING_TOOL = 3;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));

    private final Site site;
    private final Process process;
    private final String url;
    private double firstAnswerMs;

    private Peer(Site site, Process process, int port) {
        this.site = site;
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    /** Builds it, where that is needed: before anything is measured. */
    static void prepare(Path folder) throws Skipped {
        Path log = Results.file("peer-" + folder.getFileName() + "-prepare.log");
        try {
            Process process = command(folder, "prepare")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new Skipped(status == MISSING_TOOL ? lastLine(log) : "prepare failed: see " + log);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param variant default or tuned */
    static Peer start(Site site, Path folder, String variant) throws Skipped {
        int port = Ports.free();
        Path log = Results.file("peer-" + folder.getFileName() + "-" + port + ".log");
        ProcessBuilder builder = command(folder).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "SERVICENOW_URL", site.serviceNow(),
                        "SERVICENOW_AUTH", AUTHORIZATION,
                        "REDIS_URL", site.redis(),
                        "BENCH_KEY", Bridge.KEY,
                        "LIMIT_PER_MINUTE", Integer.toString(site.limitPerMinute()),
                        "PROCESSES", Integer.toString(site.processes()),
                        "VARIANT", variant));
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            // Also when a run is broken off.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process)));
            Peer peer = new Peer(site, process, port);
            while (!peer.answers()) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE) {
                    peer.close();
                    throw new Skipped(
                            process.exitValue() == MISSING_TOOL ? lastLine(log) : "does not start: see " + log);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            peer.firstAnswerMs = (System.nanoTime() - start) / 1e6;
            return peer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder command(Path folder, String... arguments) {
        List<String> command = Cores.ofTheSystem(
                List.of(folder.resolve("start").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "SKIPPED" : lines.get(lines.size() - 1);
    }

    private boolean answers() {
        try {
            return isWhole(ask(site.people().at(0)).get(10, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Question about(People.Person person) {
        return new Question(
                url + person.incidents(), Map.of("x-api-key", Bridge.KEY, "Accept", "application/json"), null);
    }

    @Override
    public Question anew(int turn) {
        return about(site.people().at(turn));
    }

    @Override
    public List<String> signs() {
        return List.of("{\"result\":[{");
    }

    @Override
    public Verdict judge(Client.Reply reply) {
        if (isWhole(reply)) {
            return Verdict.ANSWERED;
        }
        return reply != null && (reply.status() == 429 || reply.status() == 503) ? Verdict.REFUSED : Verdict.WRONG;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public double firstAnswerMs() {
        return firstAnswerMs;
    }

    @Override
    public Client client() {
        return site.client();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill(process);
                process.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With its children, who would otherwise stay. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
