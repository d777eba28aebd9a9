import io.incidentbridge.redis.RedisProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** W9: how soon a process answers, and what memory it takes. */
final class ColdStart {

    private final Lab lab;
    private final Table table = new Table(
            "w9-" + System.currentTimeMillis() / 1000,
            "empty Redis: first answer, ms",
            "used Redis: first answer, ms",
            "its CPU time, ms",
            "RSS idle, MB",
            "RSS loaded, MB");

    ColdStart(Lab lab) {
        this.lab = lab;
    }

    String run() {
        lab.trips.latency(0, 0);
        for (int round = 1; round <= lab.settings.rounds(); round++) {
            for (Subject subject : lab.settings.subjects()) {
                if (subject.kind() != Subject.Kind.CACHED) {
                    Lab.say("start " + round + ", " + subject.name());
                    round(subject);
                }
            }
        }
        return "## W9: cold start and memory\n\nFirst answer: from the start of the process to its first whole answer, on a "
                + "Redis that nobody has used, and again when that process has ended in order. CPU time: of all of its "
                + "processes, until the second of them. Idle: "
                + idleMs() / 1000.0 + " s after the first. Loaded: after " + lab.settings.seconds() + " s of "
                + lab.settings.rate()
                + " lookups/s more. RSS of all of its processes, what they share counted for each. JVMs with -Xmx512m. "
                + lab.settings.rounds() + " alternating starts; median (lowest to highest).\n\n" + table.markdown()
                + table.ratios(Subject.BRIDGE, 0, 1, 2, 3, 4);
    }

    private int idleMs() {
        return lab.settings.quick() ? 500 : 3_000;
    }

    private void round(Subject subject) {
        try (Lab.Running running = lab.start(subject)) {
            lab.measured(running, table, () -> figures(subject, running));
        } catch (Skipped missing) {
            table.skip(subject.name(), missing.getMessage());
        }
    }

    private double[] figures(Subject subject, Lab.Running running) throws Unexpected {
        Gateway gateway = running.gateway();
        Usage usage = new Usage(gateway.pid());
        Lab.rest(idleMs());
        double idle = usage.residentMb();
        AtomicInteger wrong = new AtomicInteger();
        lab.offer(gateway, Duration.ofSeconds(lab.settings.seconds()), (turn, nanos, reply) -> {
            // A process that has just started may be late with a trip and say so: that is no measure of memory.
            if (gateway.judge(reply) == Gateway.Verdict.WRONG) {
                wrong.incrementAndGet();
            }
        });
        if (wrong.get() > 0) {
            throw new Unexpected("REFUSED: " + wrong + " unexpected answers");
        }
        double loaded = usage.residentMb();
        gateway.close();
        double[] again = again(subject, running.redis());
        return new double[] {gateway.firstAnswerMs(), again[0], again[1], idle, loaded};
    }

    /** A start beside or after others, as nearly every one is: what they have agreed on in Redis is there. */
    private double[] again(Subject subject, RedisProcess redis) {
        try (Gateway gateway = lab.start(subject, redis)) {
            return new double[] {
                gateway.firstAnswerMs(), new Usage(gateway.pid()).cpu().toMillis()
            };
        } catch (Skipped missing) {
            return new double[] {Double.NaN, Double.NaN};
        }
    }
}
