import io.incidentbridge.testing.History;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ten times ServiceNow's limit, offered to 1, 2 and 4 replicas for whole windows, the budget being that limit itself; then
 * tickets without end beside lookups that need half of it. Overshoot, or a 429, ends the run with an error.
 */
public final class Budget {

    private final StringBuilder report = new StringBuilder();
    private final History history = new History();

    private Budget() {}

    public static void main(String[] args) throws Skipped {
        Options options = Options.of(args, "Budget", 1);
        Budget budget = new Budget();
        budget.run(options, options.word(0, 3));
        Results.report("budget", budget.report);
        System.exit(budget.history.violations().isEmpty() ? 0 : 1);
    }

    private void run(Options options, int windows) throws Skipped {
        Subject bridge = Subject.bridge(options, Map.of("bridge.outage.operation", "off"));
        report.append(String.format(
                Locale.ROOT,
                "# Budget, %s%n%n%s; %d a minute, %d windows each%n%n"
                        + "| replicas | offered | offered a minute | most in 60 s at ServiceNow | refused by it (429) | used, %% "
                        + "| lookups answered, %% | lookup p99, ms | wrong answers |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n",
                Instant.now(),
                Results.machine(),
                Tenfold.LIMIT,
                windows));
        Tenfold.Plan plan = Tenfold.Plan.of(windows);
        int tenfold = 10 * Tenfold.LIMIT;
        int lookups = Tenfold.LIMIT / 2;
        int wrapUps = 3 * Tenfold.LIMIT;
        try (Client client = new Client()) {
            for (int replicas : List.of(1, 2, 4)) {
                Tenfold.Outcome outcome = new Tenfold(client, bridge, replicas, plan).measure(tenfold, 0);
                add(replicas, "lookups", tenfold, outcome);
            }
            Tenfold.Outcome outcome = new Tenfold(client, bridge, 4, plan).measure(lookups, wrapUps);
            add(4, "lookups " + lookups + ", wrap-ups " + wrapUps, lookups + wrapUps, outcome);
        }
        report.append('\n').append(history.verdict()).append('\n');
    }

    private void add(int replicas, String offered, int aMinute, Tenfold.Outcome outcome) {
        history.counted("servicenow", outcome.most(), Tenfold.LIMIT, outcome.refused());
        report.append(String.format(
                Locale.ROOT,
                "| %d | %s | %d | %d | %d | %.1f | %.1f | %.0f | %d |%n",
                replicas,
                offered,
                aMinute,
                outcome.most(),
                outcome.refused(),
                outcome.used(),
                outcome.answered(),
                outcome.p99Ms(),
                outcome.wrong()));
    }
}
