import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** W2: many at once, as when an announcement ends and everybody's flow goes on. */
final class Parallel {

    private static final int[] AT_ONCE = {50, 200};
    private static final double MEDIAN_MS = 150;
    private static final double SIGMA = 0.5;

    private final Lab lab;
    private final int bursts;
    private final Table table = new Table(
            "w2-" + System.currentTimeMillis() / 1000,
            "50: errors",
            "50: p50, ms",
            "50: p99, ms",
            "200: errors",
            "200: p50, ms",
            "200: p99, ms");

    Parallel(Lab lab) {
        this.lab = lab;
        this.bursts = lab.settings.quick() ? 2 : 10;
    }

    String run() {
        List<Lab.Running> systems = lab.start(kind -> kind != Subject.Kind.CACHED, table);
        try {
            systems.forEach(lab::warmUp);
            lab.trips.latency(MEDIAN_MS, SIGMA);
            lab.alternate(systems, table, system -> () -> round(system));
        } finally {
            systems.forEach(Lab.Running::close);
        }
        return "## W2: 50 and 200 in parallel\n\nEach about another caller, " + bursts
                + " bursts of each size in a round, ServiceNow"
                + " as in W1. An error is any answer that is not whole, UNAVAILABLE included. " + lab.settings.rounds()
                + " alternating rounds; median (lowest to highest).\n\n" + table.markdown();
    }

    private double[] round(Lab.Running system) {
        double[] figures = new double[3 * AT_ONCE.length];
        for (int size = 0; size < AT_ONCE.length; size++) {
            Histogram latencies = new ConcurrentHistogram(3);
            int errors = 0;
            for (int burst = 0; burst < bursts; burst++) {
                errors += burst(system.gateway(), AT_ONCE[size], burst, latencies);
            }
            figures[3 * size] = errors;
            figures[3 * size + 1] = latencies.getValueAtPercentile(50) / 1e6;
            figures[3 * size + 2] = latencies.getValueAtPercentile(99) / 1e6;
        }
        return figures;
    }

    /** How many answers were not whole; all clocks start with the first request. */
    private int burst(Gateway gateway, int count, int burst, Histogram latencies) {
        long start = System.nanoTime();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            answers.add(gateway.ask(lab.people.at(burst * count + call)).handle((reply, failure) -> {
                latencies.recordValue((reply == null ? System.nanoTime() : reply.at()) - start);
                return gateway.isWhole(reply);
            }));
        }
        int errors = (int) answers.stream().filter(answer -> !answer.join()).count();
        Lab.rest(200);
        return errors;
    }
}
