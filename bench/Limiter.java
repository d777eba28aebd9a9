import io.incidentbridge.ratelimit.LimiterFixture;
import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.micrometer.core.instrument.Timer;
import io.vertx.mutiny.redis.client.Command;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures limiters on one Redis, in alternating rounds: latency of a decision under an open-loop load (each decision's clock
 * starts when it was due), decisions per second with many in flight, and what a decision costs Redis. Each decides on one
 * key, with a limit that is never reached and with one that is spent at once. A round with an unexpected answer ends the
 * run: one that was not admitted by the first, more than a few that were by the second, a failure, or a decision of the
 * bridge's that was made without Redis.
 */
public class Limiter {

    private static final long PLENTY = 1_000_000_000;
    private static final long LITTLE = 60;
    private static final String BUDGET = "upstream budget";
    private static final String INBOUND = "inbound limit";
    private static final String PEER = "bucket4j";
    private static final String BATCHING = "bucket4j, batching";
    private static final Path RESULTS = Path.of("bench/results");

    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, List<Figures>> figures = new LinkedHashMap<>();
    private final StringBuilder raw = new StringBuilder("subject,round,p50 ms,p99 ms,decisions/s,Redis CPU us/decision\n");
    private final String peers;
    private final int rounds;
    private final int seconds;
    private final int rate;
    private final int flights;
    private RedisProcess redis;
    private RedisFixture bridge;

    Limiter(Map<String, String> options) {
        peers = options.get("peers");
        rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
        seconds = Integer.parseInt(options.getOrDefault("seconds", "3"));
        rate = Integer.parseInt(options.getOrDefault("rate", "200"));
        flights = Integer.parseInt(options.getOrDefault("flights", "64"));
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            options.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        int status = 0;
        try {
            new Limiter(options).run();
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // Not every client's threads end with it.
        System.exit(status);
    }

    private void run() throws Exception {
        Files.createDirectories(RESULTS);
        redis = RedisProcess.start();
        // A stall is to be measured, not cut off: the bridge's own deadline would make it a decision without Redis.
        bridge = RedisFixture.standalone(redis, Map.of("bridge.redis.deadline", "5s")).connected();
        LimiterFixture limiters = new LimiterFixture(bridge.commands(), Map.of("plenty", PLENTY, "little", LITTLE));
        AutoCloseable bucket4j = bucket4j();
        try {
            enter(limiters, bucket4j);
            for (Subject subject : subjects) {
                saturate(subject, 3);
                openLoop(subject, 2);
            }
            for (int round = 0; round < rounds; round++) {
                for (Subject subject : subjects) {
                    measure(subject, round);
                }
                Collections.reverse(subjects);
            }
            long time = Instant.now().getEpochSecond();
            String report = report();
            System.out.println(report);
            Files.writeString(RESULTS.resolve("limiter-" + time + ".md"), report);
            Files.writeString(RESULTS.resolve("limiter-" + time + ".csv"), raw);
        } finally {
            bucket4j.close();
            limiters.close();
            bridge.close();
            redis.close();
        }
    }

    private AutoCloseable bucket4j() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        URLClassLoader loader = new URLClassLoader(urls(peers), ClassLoader.getPlatformClassLoader());
        // Lettuce looks there for what it may use.
        thread.setContextClassLoader(loader);
        try {
            return (AutoCloseable) loader.loadClass("io.incidentbridge.bench.Bucket4jPeers")
                    .getConstructor(String.class).newInstance(redis.uri());
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    @SuppressWarnings("unchecked")
    private void enter(LimiterFixture limiters, AutoCloseable bucket4j) {
        BiFunction<String, Long, Supplier<CompletionStage<Boolean>>> peer =
                (BiFunction<String, Long, Supplier<CompletionStage<Boolean>>>) bucket4j;
        for (long limit : List.of(PLENTY, LITTLE)) {
            boolean admits = limit == PLENTY;
            subjects.add(new Subject(BUDGET, admits, true, limiters.budget(admits ? "plenty" : "little")));
            subjects.add(new Subject(INBOUND, admits, true, limiters.inbound(admits ? "plenty" : "little", limit)));
            subjects.add(new Subject(PEER, admits, false, peer.apply("default", limit)));
            subjects.add(new Subject(BATCHING, admits, false, peer.apply("batching", limit)));
        }
        subjects.add(new Subject("a PING by the bridge's client", true, true, () -> bridge.commands().send(Command.PING)
                .map(pong -> pong.toString().equals("PONG")).subscribeAsCompletionStage()));
        subjects.add(new Subject("a PING by Lettuce", true, false, peer.apply("trip", PLENTY)));
        subjects.forEach(subject -> figures.put(subject.title(), new ArrayList<>()));
    }

    private void measure(Subject subject, int round) throws Exception {
        double[] sorted = openLoop(subject, seconds);
        double cpu = redisCpu();
        Saturation saturation = saturate(subject, (seconds + 1) / 2);
        Figures measured = new Figures(at(sorted, 0.5), at(sorted, 0.99), saturation.perSecond(),
                (redisCpu() - cpu) * 1e6 / saturation.decisions());
        figures.get(subject.title()).add(measured);
        raw.append(String.format(Locale.ROOT, "\"%s\",%d,%.4f,%.4f,%.0f,%.2f%n", subject.title(), round, measured.p50(),
                measured.p99(), measured.perSecond(), measured.redisCpu()));
    }

    /** Latencies in ms, sorted. */
    private double[] openLoop(Subject subject, int length) throws Exception {
        Round round = new Round(subject);
        int total = rate * length;
        double[] latencies = new double[total];
        CompletableFuture<?>[] answers = new CompletableFuture<?>[total];
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 0; i < total; i++) {
            int index = i;
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(due - System.nanoTime(), 1_000_000));
            }
            answers[i] = round.decide().thenRun(() -> latencies[index] = (System.nanoTime() - due) / 1e6);
        }
        CompletableFuture.allOf(answers).get(30, TimeUnit.SECONDS);
        round.check();
        Arrays.sort(latencies);
        return latencies;
    }

    /** As many decisions at once as are in flight; each that is made starts another one. */
    private Saturation saturate(Subject subject, int length) throws Exception {
        Round round = new Round(subject);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(length);
        CompletableFuture<?>[] lines = IntStream.range(0, flights).mapToObj(i -> {
            CompletableFuture<Void> line = new CompletableFuture<>();
            decideUntil(end, round, line);
            return line;
        }).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(lines).get(length + 30, TimeUnit.SECONDS);
        double took = (System.nanoTime() - start) / 1e9;
        round.check();
        return new Saturation(round.decisions(), round.decisions() / took);
    }

    private static void decideUntil(long end, Round round, CompletableFuture<Void> line) {
        round.decide().whenComplete((decided, failure) -> {
            if (failure != null) {
                line.completeExceptionally(failure);
            } else if (System.nanoTime() < end) {
                decideUntil(end, round, line);
            } else {
                line.complete(null);
            }
        });
    }

    private String report() {
        StringBuilder report = new StringBuilder("# Limiters, " + Instant.now() + "\n\n" + machine() + "\n\n");
        report.append(rounds + " alternating rounds; median of the rounds (lowest to highest). Latency: open loop, ");
        report.append(rate + " decisions/s for " + seconds + " s. Decisions/s and Redis' CPU time: " + flights);
        report.append(" in flight for " + (seconds + 1) / 2 + " s.\n\n");
        report.append("| | p50, ms | p99, ms | decisions/s | Redis CPU per decision, us |\n| --- | --- | --- | --- | --- |\n");
        figures.forEach((title, list) -> report.append("| " + title + " | " + spread(list, Figures::p50, "%.2f") + " | "
                + spread(list, Figures::p99, "%.2f") + " | " + spread(list, Figures::perSecond, "%,.0f") + " | "
                + spread(list, Figures::redisCpu, "%.1f") + " |\n"));
        report.append("\nThe same as ratios, taken round by round:\n\n");
        report.append("| | p50 | p99 | decisions/s | Redis CPU per decision |\n| --- | --- | --- | --- | --- |\n");
        for (boolean admits : List.of(true, false)) {
            for (String own : List.of(BUDGET, INBOUND)) {
                for (String peer : List.of(PEER, BATCHING)) {
                    report.append(ratio(Subject.title(own, admits), Subject.title(peer, admits)));
                }
            }
        }
        return report.toString();
    }

    private String ratio(String own, String peer) {
        List<Figures> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ratios.add(figures.get(own).get(i).over(figures.get(peer).get(i)));
        }
        return "| " + own + " / " + peer + " | " + spread(ratios, Figures::p50, "%.2f") + " | "
                + spread(ratios, Figures::p99, "%.2f") + " | " + spread(ratios, Figures::perSecond, "%.2f") + " | "
                + spread(ratios, Figures::redisCpu, "%.2f") + " |\n";
    }

    /** Seconds that the server has computed so far. */
    private double redisCpu() {
        String info = redis.call("INFO", "cpu");
        return Double.parseDouble(found(info, "used_cpu_sys:([0-9.]+)"))
                + Double.parseDouble(found(info, "used_cpu_user:([0-9.]+)"));
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version() + ", Redis "
                + found(redis.call("INFO", "server"), "redis_version:([0-9.]+)") + ", bucket4j "
                + found(peers, "bucket4j_jdk17-core-([0-9.]+)\\.jar") + ", Lettuce "
                + found(peers, "lettuce-core-([0-9A-Z.]+)\\.jar");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    private static URL[] urls(String classpath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classpath.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static String spread(List<Figures> figures, ToDoubleFunction<Figures> column, String format) {
        double[] sorted = figures.stream().mapToDouble(column).sorted().toArray();
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", sorted[sorted.length / 2], sorted[0],
                sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)];
    }

    /** What is measured. */
    private record Subject(String name, boolean admits, boolean byBridge, Supplier<CompletionStage<Boolean>> call) {

        String title() {
            return name.contains("PING") ? name : title(name, admits);
        }

        static String title(String name, boolean admits) {
            return name + (admits ? ", all admitted" : ", most refused");
        }
    }

    /** What one round showed. */
    private record Figures(double p50, double p99, double perSecond, double redisCpu) {

        Figures over(Figures other) {
            return new Figures(p50 / other.p50, p99 / other.p99, perSecond / other.perSecond, redisCpu / other.redisCpu);
        }
    }

    private record Saturation(int decisions, double perSecond) {}

    /** Counts the decisions of a round and ends the run when they are not what they must be. */
    private final class Round {

        private final Subject subject;
        private final AtomicInteger admitted = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final long start = System.nanoTime();
        private final long answered = commands("ok");
        private final long failed = failed();

        Round(Subject subject) {
            this.subject = subject;
        }

        CompletableFuture<Boolean> decide() {
            return subject.call().get().toCompletableFuture().whenComplete((admits, failure) -> {
                if (failure == null) {
                    (admits ? admitted : refused).incrementAndGet();
                }
            });
        }

        int decisions() {
            return admitted.get() + refused.get();
        }

        void check() {
            // Both the bucket that fills again and the window that moves on give at most twice the limit in a minute.
            double most = LITTLE * (2 + (System.nanoTime() - start) / 60e9);
            boolean expected = subject.admits() ? refused.get() == 0 : admitted.get() <= most && refused.get() > admitted.get();
            boolean byRedis = !subject.byBridge() || commands("ok") - answered >= decisions() && failed() == failed;
            if (!expected || !byRedis) {
                throw new IllegalStateException("unexpected answers: " + subject.title() + ", " + admitted + " admitted, "
                        + refused + " refused; " + (commands("ok") - answered) + " commands of the bridge's were answered, "
                        + (failed() - failed) + " failed");
            }
        }

        private long failed() {
            return Stream.of("refused", "not_run", "timed_out", "lost", "away").mapToLong(this::commands).sum();
        }

        private long commands(String outcome) {
            return bridge.registry().find("bridge.redis.command").tag("outcome", outcome).timers().stream()
                    .mapToLong(Timer::count).sum();
        }
    }
}
