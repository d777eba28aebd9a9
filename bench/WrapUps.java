import io.incidentbridge.wrapup.WrapUpStorm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Ten thousand wrap-ups on two replicas: 30 % repeats, 5 % of the vendors' replies lost after the work was done, 10 % refused,
 * a replica killed with -9 every 15 s, the vendors' limits raised. Says how fast they were accepted and worked off, and how
 * many were lost or there twice; anything but none ends the run with an error.
 */
public class WrapUps {

    private static final Path RESULTS = Path.of("bench/results");

    public static void main(String[] args) throws Exception {
        int total = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int repeats = total * 3 / 10;
        Files.createDirectories(RESULTS);
        String report;
        long wrong;
        try (WrapUpStorm storm = new WrapUpStorm()) {
            WrapUpStorm.Outcome outcome = storm.run(total - repeats, repeats, perSecond);
            long lost = outcome.calls().stream()
                    .filter(call -> !outcome.tickets().containsKey(call.getString("conversationId")))
                    .count();
            long twice = outcome.tickets().values().stream().map(List::size).filter(size -> size > 1).count();
            wrong = lost + twice;
            report = String.format(
                    Locale.ROOT,
                    "# Wrap-ups, %s%n%n| wrap-ups | of these repeats | accepted/s | answered p50, ms | p99, ms | kills "
                            + "| sent again | worked off after, s | lost | twice |%n"
                            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |%n"
                            + "| %d | %d | %.0f | %.0f | %.0f | %d | %d | %.1f | %d | %d |%n",
                    Instant.now(),
                    total,
                    repeats,
                    total * 1000.0 / outcome.sending().toMillis(),
                    outcome.p50Millis(),
                    outcome.p99Millis(),
                    outcome.killed(),
                    outcome.resent(),
                    outcome.draining().toMillis() / 1000.0,
                    lost,
                    twice);
        }
        System.out.println(report);
        Files.writeString(RESULTS.resolve("wrapups-" + Instant.now().getEpochSecond() + ".md"), report);
        if (wrong > 0) {
            System.exit(1);
        }
    }
}
