import java.util.Arrays;
import java.util.stream.IntStream;

/** What became of each request of a steady load, by when it was due. */
final class Timeline {

    /** More than before the fault, in nanoseconds: the machine's own hiccups are shorter. */
    private static final long TOLERANCE = 50_000_000;

    private static final int STEADY = 3;

    private final int rate;
    private final int seconds;
    private final long[] latencies;
    private final long[] overheads;
    private final Gateway.Verdict[] verdicts;

    Timeline(int rate, int seconds) {
        this.rate = rate;
        this.seconds = seconds;
        this.latencies = new long[rate * seconds];
        this.overheads = new long[rate * seconds];
        this.verdicts = new Gateway.Verdict[rate * seconds];
    }

    /** From any thread, each turn once. */
    synchronized void add(int turn, long latency, long overhead, Gateway.Verdict verdict) {
        latencies[turn] = latency;
        overheads[turn] = overhead;
        verdicts[turn] = verdict;
    }

    /** Of what was due from a second on until another one. */
    synchronized double p99Ms(int from, int to) {
        return at(latencies, from, to, 0.99) / 1e6;
    }

    /** Of the same, what is not ServiceNow's own. */
    synchronized double overheadP99Ms(int from, int to) {
        return at(overheads, from, to, 0.99) / 1e6;
    }

    synchronized int count(int from, int to, Gateway.Verdict verdict) {
        return (int) turns(from, to).filter(turn -> verdicts[turn] == verdict).count();
    }

    /** In percent. */
    double share(int from, int to, Gateway.Verdict verdict) {
        return 100.0 * count(from, to, verdict) / ((to - from) * rate);
    }

    /**
     * Seconds from the end of a fault until all is as it was before; NaN when it never is.
     *
     * @param begin of the fault
     */
    synchronized double recovery(int begin, int end) {
        long limit = at(overheads, 0, begin, 0.9) + TOLERANCE;
        for (int second = end; second + STEADY <= seconds; second++) {
            boolean whole = count(second, second + STEADY, Gateway.Verdict.ANSWERED) == STEADY * rate;
            int candidate = second;
            if (whole
                    && IntStream.range(0, STEADY)
                            .allMatch(more -> at(overheads, candidate + more, candidate + more + 1, 0.9) <= limit)) {
                return second - end;
            }
        }
        return Double.NaN;
    }

    private IntStream turns(int from, int to) {
        return IntStream.range(from * rate, to * rate);
    }

    private static long at(long[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }

    private long at(long[] values, int from, int to, double quantile) {
        long[] sorted = turns(from, to).mapToLong(turn -> values[turn]).toArray();
        Arrays.sort(sorted);
        return at(sorted, quantile);
    }
}
