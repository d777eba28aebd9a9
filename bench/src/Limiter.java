import io.incidentbridge.ratelimit.LimiterFixture;
import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.vertx.mutiny.redis.client.Command;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Measures limiters on one Redis, in alternating rounds: latency of a decision under an open-loop load (each decision's clock
 * starts when it was due), decisions per second with many in flight, and what a decision costs Redis. Each decides on one
 * key, with a limit that is never reached and with one that is spent at once. A round with an unexpected answer ends the
 * run: one that was not admitted by the first, more than a few that were by the second, a failure, or a decision of the
 * bridge's that was made without Redis.
 */
public final class Limiter {

    /** Where the other limiters' classes are: bench/limiter tells it. */
    private static final String PEERS = System.getenv("BENCH_LIMITER_PEERS");

    private static final long PLENTY = 1_000_000_000;
    private static final long LITTLE = 60;
    private static final String BUDGET = "upstream budget";
    private static final String INBOUND = "inbound limit";
    private static final String PEER = "bucket4j";
    private static final String BATCHING = "bucket4j, batching";

    private final List<LimiterSubject> subjects = new ArrayList<>();
    private final Map<String, List<LimiterFigures>> figures = new LinkedHashMap<>();
    private final StringBuilder raw =
            new StringBuilder("subject,round,p50 ms,p99 ms,decisions/s,Redis CPU us/decision\n");
    private final int rounds;
    private final int seconds;
    private final int rate;
    private final int flights;
    private RedisProcess redis;
    private RedisFixture bridge;

    private Limiter(Options options) {
        rounds = options.number("rounds", 5);
        seconds = options.number("seconds", 3);
        rate = options.number("rate", 200);
        flights = options.number("flights", 64);
    }

    public static void main(String[] args) {
        Options options = Options.of(args, "Limiter", 0);
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
        redis = RedisProcess.start();
        // A stall is to be measured, not cut off: the bridge's own deadline would make it a decision without Redis.
        bridge = RedisFixture.standalone(redis, Map.of("bridge.redis.deadline", "5s"))
                .connected();
        LimiterFixture limiters = new LimiterFixture(bridge.commands(), Map.of("plenty", PLENTY, "little", LITTLE));
        AutoCloseable bucket4j = bucket4j();
        try {
            enter(limiters, bucket4j);
            for (LimiterSubject subject : subjects) {
                saturate(subject, 3);
                openLoop(subject, 2);
            }
            for (int round = 0; round < rounds; round++) {
                for (LimiterSubject subject : subjects) {
                    measure(subject, round);
                }
                Collections.reverse(subjects);
            }
            Results.report("limiter", report());
            Results.keep("limiter-" + Instant.now().getEpochSecond() + ".csv", raw);
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
        URLClassLoader loader = new URLClassLoader(urls(PEERS), ClassLoader.getPlatformClassLoader());
        // Lettuce looks there for what it may use.
        thread.setContextClassLoader(loader);
        try {
            return (AutoCloseable) loader.loadClass("io.incidentbridge.bench.Bucket4jPeers")
                    .getConstructor(String.class)
                    .newInstance(redis.uri());
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
            subjects.add(new LimiterSubject(BUDGET, admits, true, limiters.budget(admits ? "plenty" : "little")));
            subjects.add(
                    new LimiterSubject(INBOUND, admits, true, limiters.inbound(admits ? "plenty" : "little", limit)));
            subjects.add(new LimiterSubject(PEER, admits, false, peer.apply("default", limit)));
            subjects.add(new LimiterSubject(BATCHING, admits, false, peer.apply("batching", limit)));
        }
        subjects.add(new LimiterSubject("a PING by the bridge's client", true, true, () -> bridge.commands()
                .send(Command.PING)
                .map(pong -> pong.toString().equals("PONG"))
                .subscribeAsCompletionStage()));
        subjects.add(new LimiterSubject("a PING by Lettuce", true, false, peer.apply("trip", PLENTY)));
        subjects.forEach(subject -> figures.put(subject.title(), new ArrayList<>()));
    }

    private void measure(LimiterSubject subject, int round) throws Exception {
        double[] sorted = openLoop(subject, seconds);
        double cpu = redisCpu();
        Saturation saturation = saturate(subject, (seconds + 1) / 2);
        LimiterFigures measured = new LimiterFigures(
                at(sorted, 0.5),
                at(sorted, 0.99),
                saturation.perSecond(),
                (redisCpu() - cpu) * 1e6 / saturation.decisions());
        figures.get(subject.title()).add(measured);
        raw.append(String.format(
                Locale.ROOT,
                "\"%s\",%d,%.4f,%.4f,%.0f,%.2f%n",
                subject.title(),
                round,
                measured.p50(),
                measured.p99(),
                measured.perSecond(),
                measured.redisCpu()));
    }

    /** Latencies in ms, sorted. */
    private double[] openLoop(LimiterSubject subject, int length) throws Exception {
        LimiterRound round = new LimiterRound(subject, LITTLE, bridge);
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
    private Saturation saturate(LimiterSubject subject, int length) throws Exception {
        LimiterRound round = new LimiterRound(subject, LITTLE, bridge);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(length);
        CompletableFuture<?>[] lines = IntStream.range(0, flights)
                .mapToObj(i -> {
                    CompletableFuture<Void> line = new CompletableFuture<>();
                    decideUntil(end, round, line);
                    return line;
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(lines).get(length + 30, TimeUnit.SECONDS);
        double took = (System.nanoTime() - start) / 1e9;
        round.check();
        return new Saturation(round.decisions(), round.decisions() / took);
    }

    private static void decideUntil(long end, LimiterRound round, CompletableFuture<Void> line) {
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
        report.append(
                "| | p50, ms | p99, ms | decisions/s | Redis CPU per decision, us |\n| --- | --- | --- | --- | --- |\n");
        figures.forEach(
                (title, list) -> report.append("| " + title + " | " + spread(list, LimiterFigures::p50, "%.2f") + " | "
                        + spread(list, LimiterFigures::p99, "%.2f") + " | "
                        + spread(list, LimiterFigures::perSecond, "%,.0f") + " | "
                        + spread(list, LimiterFigures::redisCpu, "%.1f") + " |\n"));
        report.append("\nThe same as ratios, taken round by round:\n\n");
        report.append("| | p50 | p99 | decisions/s | Redis CPU per decision |\n| --- | --- | --- | --- | --- |\n");
        for (boolean admits : List.of(true, false)) {
            for (String own : List.of(BUDGET, INBOUND)) {
                for (String peer : List.of(PEER, BATCHING)) {
                    report.append(ratio(LimiterSubject.title(own, admits), LimiterSubject.title(peer, admits)));
                }
            }
        }
        return report.toString();
    }

    private String ratio(String own, String peer) {
        List<LimiterFigures> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ratios.add(figures.get(own).get(i).over(figures.get(peer).get(i)));
        }
        return "| " + own + " / " + peer + " | " + spread(ratios, LimiterFigures::p50, "%.2f") + " | "
                + spread(ratios, LimiterFigures::p99, "%.2f") + " | "
                + spread(ratios, LimiterFigures::perSecond, "%.2f") + " | "
                + spread(ratios, LimiterFigures::redisCpu, "%.2f") + " |\n";
    }

    /** Seconds that the server has computed so far. */
    private double redisCpu() {
        String info = redis.call("INFO", "cpu");
        return Double.parseDouble(found(info, "used_cpu_sys:([0-9.]+)"))
                + Double.parseDouble(found(info, "used_cpu_user:([0-9.]+)"));
    }

    private String machine() {
        return Results.machine() + ", Redis "
                + found(redis.call("INFO", "server"), "redis_version:([0-9.]+)") + ", bucket4j "
                + found(PEERS, "bucket4j_jdk17-core-([0-9.]+)\\.jar") + ", Lettuce "
                + found(PEERS, "lettuce-core-([0-9A-Z.]+)\\.jar");
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

    private static String spread(List<LimiterFigures> figures, ToDoubleFunction<LimiterFigures> column, String format) {
        double[] sorted = figures.stream().mapToDouble(column).sorted().toArray();
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)];
    }

    private record Saturation(int decisions, double perSecond) {}
}
