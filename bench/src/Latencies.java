import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long something took, again and again, in milliseconds. */
final class Latencies {

    static final String HEADER = "| ms | runs | p50 | p95 | p99 | most |\n| --- | --- | --- | --- | --- | --- |\n";

    private final List<Double> values = new ArrayList<>();

    synchronized void add(double millis) {
        values.add(millis);
    }

    synchronized int count() {
        return values.size();
    }

    /** NaN without any. */
    synchronized double at(double quantile) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, (int) Math.ceil(quantile * sorted.size()) - 1));
    }

    /** Under {@link #HEADER}. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %.0f |%n",
                name,
                count(),
                at(0.5),
                at(0.95),
                at(0.99),
                at(1));
    }
}
