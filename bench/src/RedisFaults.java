import io.incidentbridge.journey.DelayProxy;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.SentinelSetup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** W5: a Redis that hangs, dies, is slow or fails over while callers are looked up at a steady rate. */
final class RedisFaults {

    private static final double MEDIAN_MS = 150;
    private static final double SIGMA = 0.5;
    private static final String WITHOUT_REDIS = "haproxy";
    private static final Duration SLOWNESS = Duration.ofMillis(200);

    private final Lab lab;
    private final Options options;
    private final int before;
    private final int during;
    private final int after;
    private final Table table = new Table(
            "w5-" + System.currentTimeMillis() / 1000,
            "p99 before (as W1), ms",
            "p99 during the fault, ms",
            "**during less before, ms**",
            "overhead p99 before, ms",
            "overhead p99 during, ms",
            "refused during, %",
            "errors during",
            "errors after",
            "**recovery, s**",
            "not recovered");

    RedisFaults(Lab lab, Options options) {
        this.lab = lab;
        this.options = options;
        this.before = lab.settings.quick() ? 2 : 10;
        this.during = lab.settings.quick() ? 2 : 10;
        this.after = lab.settings.quick() ? 5 : 20;
    }

    /** One of them, with what it takes to make it. */
    private record Fault(String name, String redis, Runnable begin, Runnable end) {}

    String run() {
        for (int round = 1; round <= lab.settings.rounds(); round++) {
            for (Subject subject : lab.settings.subjects()) {
                if (subject.name().startsWith(WITHOUT_REDIS)) {
                    table.skip(subject.name(), "has no Redis");
                } else if (subject.kind() != Subject.Kind.CACHED) {
                    hang(subject);
                    kill(subject);
                    slow(subject);
                }
            }
            if (lab.settings.subjects().stream()
                    .anyMatch(subject -> subject.name().equals(Subject.BRIDGE))) {
                failOver();
            }
        }
        return "## W5: faults of Redis\n\n" + lab.settings.rate() + " lookups/s as in W1; " + before + " s healthy, "
                + during
                + " s with the fault, " + after + " s after it. Hung: SIGSTOP. Slow: its answers come "
                + SLOWNESS.toMillis()
                + " ms late. Failed over: the master is killed and the Sentinels promote its replica; peers have no set-up for"
                + " that. Overhead as in W1: ServiceNow's own latency varies more than what the fault adds. Refused: 429, 503 or"
                + " UNAVAILABLE. Recovery: from the end of the fault (failed over: from its begin)"
                + " to the first of three seconds with whole answers alone, nine of ten as soon after their trips as before; a system that does not get there"
                + " within the " + after + " s is counted as not recovered.\n"
                + lab.settings.rounds() + " rounds, each with a new process; median (lowest to highest).\n\n"
                + table.markdown();
    }

    private void hang(Subject subject) {
        try (RedisProcess redis = RedisProcess.start()) {
            measure(subject, new Fault("hung", redis.uri(), redis::hang, redis::resume));
        }
    }

    private void kill(Subject subject) {
        try (RedisProcess redis = RedisProcess.start()) {
            measure(subject, new Fault("killed", redis.uri(), redis::kill, redis::restart));
        }
    }

    private void slow(Subject subject) {
        try (RedisProcess redis = RedisProcess.start();
                DelayProxy proxy = new DelayProxy(redis.port())) {
            measure(
                    subject,
                    new Fault(
                            "slow",
                            "redis://127.0.0.1:" + proxy.port(),
                            () -> proxy.delay(SLOWNESS),
                            () -> proxy.delay(Duration.ZERO)));
        }
    }

    private void failOver() {
        try (SentinelSetup setup = SentinelSetup.start()) {
            Subject bridge = Subject.bridge(
                    options,
                    Map.of("quarkus.redis.client-type", "sentinel", "quarkus.redis.master-name", SentinelSetup.MASTER));
            String addresses = String.join(",", setup.addresses());
            measure(bridge, new Fault("failed over", addresses, setup.master()::kill, null));
        }
    }

    private void measure(Subject subject, Fault fault) {
        String name = subject.name() + ": " + fault.name();
        Lab.say(name);
        lab.trips.latency(0, 0);
        try (Gateway gateway = subject.start(lab.site(fault.redis()))) {
            lab.warmUp(name, gateway);
            lab.trips.latency(MEDIAN_MS, SIGMA);
            table.add(name, suffered(gateway, fault));
        } catch (Skipped missing) {
            table.skip(name, missing.getMessage());
        }
    }

    private double[] suffered(Gateway gateway, Fault fault) {
        Timeline timeline = new Timeline(lab.settings.rate(), before + during + after);
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> {
            Lab.rest(before * 1_000L);
            fault.begin().run();
            if (fault.end() != null) {
                Lab.rest(during * 1_000L);
                fault.end().run();
            }
        });
        lab.offer(
                gateway,
                Duration.ofSeconds(before + during + after),
                (turn, nanos, reply) ->
                        timeline.add(turn, nanos, nanos - lab.trips.held(lab.people.at(turn)), gateway.judge(reply)));
        events.join();
        int over = before + during;
        double healthy = timeline.p99Ms(0, before);
        double ill = timeline.p99Ms(before, over);
        double recovery = fault.end() == null ? timeline.recovery(before, before) : timeline.recovery(before, over);
        return new double[] {
            healthy,
            ill,
            ill - healthy,
            timeline.overheadP99Ms(0, before),
            timeline.overheadP99Ms(before, over),
            timeline.share(before, over, Gateway.Verdict.REFUSED),
            timeline.count(before, over, Gateway.Verdict.WRONG),
            timeline.count(over, over + after, Gateway.Verdict.WRONG),
            recovery,
            Double.isNaN(recovery) ? 1 : 0
        };
    }
}
