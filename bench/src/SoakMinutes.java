import io.incidentbridge.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What a soak shows, minute by minute. */
final class SoakMinutes {

    /** Every column of a minute, in its order; NaN is what this system does not tell. */
    private static final List<String> COLUMNS = List.of(
            "lookups",
            "errors",
            "UNAVAILABLE",
            "p50 ms",
            "p99 ms",
            "max ms",
            "wrap-ups",
            "wrap-up errors",
            "RSS MB",
            "descriptors",
            "threads",
            "least heap MB",
            "Redis MB",
            "Redis keys");

    static final String HEADER =
            "| minute | " + String.join(" | ", COLUMNS) + " |\n| --- " + "| --- ".repeat(COLUMNS.size()) + "|\n";

    /** What must be 0 in all. */
    private static final List<String> NEVER = List.of("errors", "UNAVAILABLE", "wrap-up errors");

    /** What must not grow, and the most that the median of the last minutes may be above that of the first. */
    private static final Map<String, DoubleUnaryOperator> FLAT = Map.of(
            "p99 ms", first -> 1.5 * first,
            "RSS MB", first -> 1.05 * first,
            "descriptors", first -> first + 10,
            "threads", first -> first + 5,
            "least heap MB", first -> first + 10);

    private static final int WINDOW = 10;
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Bridge bridge;
    private final RedisProcess redis;
    private final Usage usage;
    private final String file;
    private final Recorder lookups = new Recorder(3);
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger wrapUps = new AtomicInteger();
    private final AtomicInteger wrapUpErrors = new AtomicInteger();
    private final List<double[]> minutes = new ArrayList<>();

    SoakMinutes(Bridge bridge, RedisProcess redis, String file) {
        this.bridge = bridge;
        this.redis = redis;
        this.usage = new Usage(bridge.pid());
        this.file = file;
    }

    void onLookup(int turn, long nanos, Client.Reply reply) {
        lookups.recordValue(nanos);
        if (reply == null || reply.status() != 200) {
            errors.incrementAndGet();
        } else if (reply.body().contains("\"UNAVAILABLE\"")) {
            unavailable.incrementAndGet();
        }
    }

    void onWrapUp(int turn, long nanos, Client.Reply reply) {
        wrapUps.incrementAndGet();
        if (reply == null || reply.status() != 200) {
            wrapUpErrors.incrementAndGet();
        }
    }

    /** Looks now and then, and tells at the end of each minute. */
    void follow(int count) {
        Results.keep(file, "minute," + String.join(",", COLUMNS) + "\n");
        long start = System.nanoTime();
        for (int minute = 1; minute <= count; minute++) {
            long end = start + Duration.ofMinutes(minute).toNanos();
            double leastHeap = Double.NaN;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(Math.min(LOOK.toNanos(), Math.max(1, end - System.nanoTime())));
                if (!bridge.isAlive()) {
                    throw new IllegalStateException("the bridge has ended");
                }
                double heap = heap();
                leastHeap = Double.isNaN(leastHeap) || heap < leastHeap ? heap : leastHeap;
            }
            tell(minute, leastHeap / (1 << 20));
        }
    }

    /** The least of a minute is what a collection left, and what little came since. */
    private double heap() {
        try {
            return bridge.metric("jvm_memory_used_bytes", "area=\"heap\"");
        } catch (CompletionException unanswered) {
            return Double.NaN;
        }
    }

    private void tell(int minute, double leastHeapMb) {
        Histogram latencies = lookups.getIntervalHistogram();
        double[] figures = {
            latencies.getTotalCount(),
            errors.getAndSet(0),
            unavailable.getAndSet(0),
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6,
            latencies.getMaxValue() / 1e6,
            wrapUps.getAndSet(0),
            wrapUpErrors.getAndSet(0),
            usage.residentMb(),
            usage.descriptors().stream().asDoubleStream().findFirst().orElse(Double.NaN),
            usage.threads().stream().asDoubleStream().findFirst().orElse(Double.NaN),
            leastHeapMb,
            Double.parseDouble(found("used_memory:(\\d+)", redis.call("INFO", "memory"))) / (1 << 20),
            Double.parseDouble(found(":(\\d+)", redis.call("DBSIZE")))
        };
        minutes.add(figures);
        StringBuilder line = new StringBuilder("| " + minute);
        StringBuilder raw = new StringBuilder(Integer.toString(minute));
        for (double figure : figures) {
            line.append(" | ").append(text(figure));
            raw.append(',').append(figure);
        }
        System.out.println(line.append(" |"));
        System.out.flush();
        Results.keep(file, raw.append('\n'));
    }

    /** Each column's median at the beginning and at the end, and how it grew by the hour between. */
    String summary() {
        int window = Math.max(1, Math.min(WINDOW, minutes.size() / 2));
        StringBuilder table = new StringBuilder("\n## Does it stay as it was?\n\n");
        table.append("Medians of the first and the last ")
                .append(window)
                .append(" minutes; the slope is that of the line ");
        table.append("through all minutes (least squares).\n\n| | first | last | change | slope, an hour |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
        for (int column = 0; column < COLUMNS.size(); column++) {
            double first = median(column, 0, window);
            double last = median(column, minutes.size() - window, minutes.size());
            table.append("| ")
                    .append(COLUMNS.get(column))
                    .append(" | ")
                    .append(text(first))
                    .append(" | ")
                    .append(text(last));
            table.append(" | ")
                    .append(first > 0 ? String.format(Locale.ROOT, "%+.1f %%", 100 * (last - first) / first) : "-");
            table.append(" | ").append(text(60 * slope(column))).append(" |\n");
        }
        table.append("\nIn all: ")
                .append(text(sum(0)))
                .append(" lookups, ")
                .append(text(sum(1)))
                .append(" errors, ");
        table.append(text(sum(2))).append(" UNAVAILABLE; ").append(text(sum(6))).append(" wrap-ups, ");
        table.append(text(sum(7)))
                .append(" errors. What is kept of a wrap-up (bridge.wrapup.keep, 30 days) and of the ");
        table.append("audit trail stays in Redis: its growth is theirs. The sandbox is not counted.\n");
        return table.toString();
    }

    /**
     * What must not be, a line each: a call that failed or was not answered by ServiceNow, and what is not flat. Of a soak
     * too short to have its first and last minutes apart the latter is not asked, as its process is still warming up.
     */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        NEVER.stream()
                .filter(name -> sum(COLUMNS.indexOf(name)) > 0)
                .forEach(name -> faults.add(text(sum(COLUMNS.indexOf(name))) + " " + name));
        if (minutes.size() >= 2 * WINDOW) {
            FLAT.forEach((name, most) -> {
                double first = median(COLUMNS.indexOf(name), 0, WINDOW);
                double last = median(COLUMNS.indexOf(name), minutes.size() - WINDOW, minutes.size());
                if (last > most.applyAsDouble(first)) {
                    faults.add(name + " grew from " + text(first) + " to " + text(last));
                }
            });
        }
        return faults;
    }

    private double median(int column, int from, int to) {
        double[] sorted = minutes.subList(from, to).stream()
                .mapToDouble(minute -> minute[column])
                .sorted()
                .toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    /** By the minute. */
    private double slope(int column) {
        double[] values = minutes.stream().mapToDouble(minute -> minute[column]).toArray();
        double middle = (values.length - 1) / 2.0;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double above = 0;
        double below = 0;
        for (int minute = 0; minute < values.length; minute++) {
            above += (minute - middle) * (values[minute] - mean);
            below += (minute - middle) * (minute - middle);
        }
        return below == 0 ? 0 : above / below;
    }

    private double sum(int column) {
        return minutes.stream()
                .flatMapToDouble(minute -> DoubleStream.of(minute[column]))
                .sum();
    }

    private static String text(double figure) {
        if (Double.isNaN(figure)) {
            return "-";
        }
        return figure == Math.rint(figure)
                ? String.format(Locale.ROOT, "%.0f", figure)
                : String.format(Locale.ROOT, "%.1f", figure);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }
}
