import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.VendorSimulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/** Vendors, a Redis, callers and a client for a workload; and what all workloads do with the systems they measure. */
final class Lab implements AutoCloseable {

    /** So that no limit is met. */
    static final int PLENTY = 10_000_000;

    private static final int ATTEMPTS = 3;

    final Client client = new Client();
    final VendorSimulation simulation = VendorSimulation.start();
    final People people;
    final Trips trips;
    final Settings settings;

    /**
     * How much is measured.
     *
     * @param rate    requests a second where the load is steady
     * @param warmUp  requests of each system before it is measured
     */
    record Settings(List<Subject> subjects, boolean quick, int rounds, int seconds, int rate, int warmUp, long seed) {}

    /** A system that has started, with a Redis of its own: what one has cached is not for another one. */
    record Running(String name, Gateway gateway, RedisProcess redis) implements AutoCloseable {

        @Override
        public void close() {
            gateway.close();
            redis.close();
        }
    }

    /** One system's part of a round. */
    interface Measured {
        double[] figures() throws Unexpected;
    }

    Lab(Settings settings) {
        this.settings = settings;
        simulation.vendors().fail("servicenow", "{\"rateLimit\":1000000}");
        simulation.vendors().fail("genesys", "{\"rateLimit\":1000000}");
        people = new People(simulation.vendors());
        trips = new Trips(Site.serviceNowOf(simulation), people, settings.seed());
    }

    /** With the lab's own vendor, and no limit. */
    Site site(String redis) {
        return new Site(client, trips.url(), simulation, people, redis, PLENTY, 1);
    }

    /** The same without a gateway. */
    Running direct(String name, int count) {
        RedisProcess unused = RedisProcess.start();
        return new Running(name, new Direct(site(unused.uri()), count), unused);
    }

    Running start(Subject subject) throws Skipped {
        RedisProcess redis = RedisProcess.start();
        try {
            return new Running(subject.name(), start(subject, redis), redis);
        } catch (Skipped | RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** On a Redis that is there already. */
    Gateway start(Subject subject, RedisProcess redis) throws Skipped {
        return subject.start(site(redis.uri()));
    }

    /** All of a kind, started one after the other; those that do not start have their line in the table. */
    List<Running> start(Predicate<Subject.Kind> kinds, Table table) {
        trips.latency(0, 0);
        List<Running> running = new ArrayList<>();
        for (Subject subject : settings.subjects()) {
            if (!kinds.test(subject.kind())) {
                continue;
            }
            try {
                running.add(start(subject));
            } catch (Skipped missing) {
                table.skip(subject.name(), missing.getMessage());
            } catch (RuntimeException broken) {
                running.forEach(Running::close);
                throw broken;
            }
        }
        return running;
    }

    /** As often as it takes a JVM to have compiled what it will be measured by. */
    void warmUp(Running system) {
        warmUp(system.name(), system.gateway());
    }

    void warmUp(String name, Gateway gateway) {
        trips.latency(0, 0);
        say("warming up " + name);
        OpenLoop.saturate(settings.warmUp(), 32, turn -> gateway.ask(people.at(turn)), (turn, nanos, reply) -> {});
        // What it left to be collected, compiled and written.
        rest(settings.quick() ? 200 : 3_000);
    }

    /** In turns, so that what the machine does otherwise meets all; a round with unexpected answers is made again. */
    void alternate(List<Running> systems, Table table, Function<Running, Measured> measure) {
        List<Running> left = new ArrayList<>(systems);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Running system : List.copyOf(left)) {
                say("round " + round + ", " + system.name());
                if (!measured(system, table, measure.apply(system))) {
                    left.remove(system);
                }
            }
        }
    }

    /** Whether one of the attempts gave the answers it must. */
    boolean measured(Running system, Table table, Measured measure) {
        for (int attempt = 1; ; attempt++) {
            try {
                table.add(system.name(), measure.figures());
                return true;
            } catch (Unexpected refused) {
                say("refused: " + system.name() + ", " + refused.getMessage());
                if (attempt == ATTEMPTS) {
                    table.refuse(system.name(), refused.getMessage());
                    return false;
                }
                table.repeat(system.name(), refused.getMessage());
            }
        }
    }

    /** At a steady rate, each person in turn. */
    void offer(Gateway gateway, Duration length, OpenLoop.Listener listener) {
        OpenLoop.offer(
                settings.rate(),
                length,
                turn -> {
                    People.Person person = people.at(turn);
                    trips.forget(person);
                    return gateway.ask(person);
                },
                listener);
    }

    /** Counts the answers of a round that were not whole, and keeps the first of them. */
    static final class Doubts {

        private final AtomicInteger count = new AtomicInteger();
        private volatile String first;

        void look(Gateway gateway, Client.Reply reply) {
            if (!gateway.isWhole(reply) && count.getAndIncrement() == 0) {
                first = reply == null ? "no answer" : reply.status() + " " + shortened(reply.body());
            }
        }

        void refuse() throws Unexpected {
            if (count.get() > 0) {
                throw new Unexpected("REFUSED: " + count + " unexpected answers, the first: " + first);
            }
        }

        private static String shortened(String body) {
            String line = body.replaceAll("\\s+", " ").replace("|", "/");
            return line.length() > 120 ? line.substring(0, 120) : line;
        }
    }

    static void rest(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left;
        while ((left = end - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Where the run is; not part of its report. */
    static void say(String what) {
        System.err.println(what);
    }

    @Override
    public void close() {
        trips.close();
        simulation.close();
        client.close();
    }
}
