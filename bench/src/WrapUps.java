import io.incidentbridge.testing.History;
import io.incidentbridge.wrapup.WrapUpStorm;
import java.time.Instant;
import java.util.Locale;

/**
 * Ten thousand wrap-ups on two replicas: 30 % repeats, 5 % of the vendors' replies lost after the work was done, 10 % refused,
 * a replica killed with -9 every 15 s, the vendors' limits raised. Says how fast they were accepted and worked off, and how
 * many were lost or there twice; anything but none ends the run with an error.
 */
public final class WrapUps {

    private WrapUps() {}

    public static void main(String[] args) throws InterruptedException {
        Options options = Options.of(args, "WrapUps", 2);
        int total = options.word(0, 10_000);
        int perSecond = options.word(1, 100);
        int repeats = total * 3 / 10;
        String report;
        boolean sound;
        try (WrapUpStorm storm = new WrapUpStorm()) {
            WrapUpStorm.Outcome outcome = storm.run(total - repeats, repeats, perSecond);
            History history = outcome.history();
            sound = history.violations().isEmpty();
            report = String.format(
                    Locale.ROOT,
                    "# Wrap-ups, %s%n%n%s%n%n| wrap-ups | of these repeats | accepted/s | answered p50, ms | p99, ms | kills "
                            + "| sent again | worked off after, s | lost | twice |%n"
                            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |%n"
                            + "| %d | %d | %.0f | %.0f | %.0f | %d | %d | %.1f | %d | %d |%n%n%s%n",
                    Instant.now(),
                    Results.machine(),
                    total,
                    repeats,
                    total * 1000.0 / outcome.sending().toMillis(),
                    outcome.p50Millis(),
                    outcome.p99Millis(),
                    outcome.killed(),
                    outcome.resent(),
                    outcome.draining().toMillis() / 1000.0,
                    history.lost().size(),
                    history.doubled().size(),
                    history.verdict());
        }
        Results.report("wrapups", report);
        System.exit(sound ? 0 : 1);
    }
}
