import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** W1: what a gateway adds to its trips, request by request, at a steady rate before a ServiceNow of usual slowness. */
final class Overhead {

    private static final double MEDIAN_MS = 150;
    private static final double SIGMA = 0.5;

    private final Lab lab;
    private final String name = "w1-" + System.currentTimeMillis() / 1000;
    private final Table table =
            new Table(name, "trips", "p50, ms", "p99, ms", "**overhead p50, ms**", "**overhead p99, ms**");

    Overhead(Lab lab) {
        this.lab = lab;
    }

    String run() {
        List<Lab.Running> systems = new ArrayList<>();
        systems.add(lab.direct("no gateway, one trip", 1));
        systems.add(lab.direct("no gateway, two trips", 2));
        systems.addAll(lab.start(kind -> true, table));
        try {
            systems.forEach(lab::warmUp);
            lab.trips.latency(MEDIAN_MS, SIGMA);
            lab.alternate(systems, table, system -> () -> round(system));
        } finally {
            systems.forEach(Lab.Running::close);
        }
        return "## W1: " + lab.settings.rate()
                + " lookups/s, open loop\n\nServiceNow answers after a lognormal latency (median "
                + (int) MEDIAN_MS + " ms, sigma " + SIGMA + ", seed " + lab.settings.seed()
                + "). Overhead: of each request, its"
                + " latency (from when it was due to the last byte of its answer) less the time for which ServiceNow held the"
                + " requests that were made for it, as noted there. \"No gateway\" is the same without one: the client's and the"
                + " loopback's share. The bridge makes two trips for an uncached lookup (user, incidents), a peer one.\n"
                + lab.settings.rounds() + " alternating rounds of " + lab.settings.seconds() + " s after "
                + lab.settings.warmUp()
                + " requests of each as fast as they came; median of the rounds (lowest to highest).\n\n"
                + table.markdown() + table.ratios(Subject.BRIDGE, 3, 4);
    }

    private double[] round(Lab.Running system) throws Unexpected {
        Histogram latencies = new ConcurrentHistogram(3);
        Histogram overheads = new ConcurrentHistogram(3);
        LongAdder trips = new LongAdder();
        Lab.Doubts doubts = new Lab.Doubts();
        lab.offer(system.gateway(), Duration.ofSeconds(lab.settings.seconds()), (turn, nanos, reply) -> {
            People.Person person = lab.people.at(turn);
            latencies.recordValue(nanos);
            overheads.recordValue(Math.max(0, nanos - lab.trips.held(person)));
            trips.add(lab.trips.count(person));
            doubts.look(system.gateway(), reply);
        });
        keep(system.name(), latencies, overheads);
        doubts.refuse();
        return new double[] {
            (double) trips.sum() / latencies.getTotalCount(),
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6,
            overheads.getValueAtPercentile(50) / 1e6,
            overheads.getValueAtPercentile(99) / 1e6
        };
    }

    private void keep(String system, Histogram latencies, Histogram overheads) {
        String file = name + "-" + system.replaceAll("[^a-z]+", "-") + ".hgrm";
        try (PrintStream raw =
                new PrintStream(new java.io.FileOutputStream(Results.file(file).toFile(), true))) {
            raw.println("latency, ms");
            latencies.outputPercentileDistribution(raw, 1e6);
            raw.println("overhead, ms");
            overheads.outputPercentileDistribution(raw, 1e6);
        } catch (FileNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
