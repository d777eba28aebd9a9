package io.incidentbridge.ratelimit;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One vendor's budget in Redis: arguments and replies of the {@code budget_*} scripts. */
final class BudgetStore {

    private static final RedisScript VIEW = RedisScript.load("budget_view");

    private final RedisCommands redis;
    private final Scripts scripts;
    private final BudgetConfig config;
    private final BudgetConfig.Shares shares;
    private final List<BudgetWindow> windows;
    private final String prefix;
    private final String replica = UUID.randomUUID().toString();

    BudgetStore(
            RedisCommands redis,
            Scripts scripts,
            String upstream,
            BudgetConfig config,
            BudgetConfig.Shares shares,
            List<BudgetWindow> windows) {
        this.redis = redis;
        this.scripts = scripts;
        this.config = config;
        this.shares = shares;
        this.windows = windows;
        this.prefix = "ib:{budget:" + upstream + "}:";
    }

    /** The steps that must be atomic; tests give them a time of their own. */
    record Scripts(RedisScript take, RedisScript sync, RedisScript answer, RedisScript learn) {

        static Scripts load(UnaryOperator<RedisScript> edited) {
            return new Scripts(
                    edited.apply(RedisScript.load("budget_take")),
                    edited.apply(RedisScript.load("budget_sync")),
                    edited.apply(RedisScript.load("budget_answer")),
                    edited.apply(RedisScript.load("budget_learn")));
        }
    }

    /** What Redis answered to a request for room. */
    record Taken(Verdict verdict, long strikes, double used) {}

    Uni<Taken> take(List<BudgetWindow> asked, String epoch, Lane lane, boolean first) {
        List<String> keys = new ArrayList<>(List.of(prefix + "state"));
        List<String> arguments = new ArrayList<>(
                List.of(epoch, Integer.toString(lane.ordinal() + 1), first ? "1" : "0", millis(config.probeEvery())));
        for (BudgetWindow window : asked) {
            addKeys(keys, window);
            addWindow(arguments, window);
            arguments.add(Double.toString(shares.emergency()));
            arguments.add(Double.toString(shares.lookup()));
            arguments.add(Double.toString(shares.ticket()));
        }
        return redis.run(scripts.take(), keys, arguments).map(BudgetStore::taken);
    }

    Uni<SyncReply> sync(SyncCall call) {
        List<String> keys = new ArrayList<>(List.of(prefix + "state", prefix + "replicas"));
        List<String> arguments = new ArrayList<>(List.of(
                replica,
                Long.toString(call.seq()),
                Long.toString(call.heard()),
                call.epoch(),
                UUID.randomUUID().toString(),
                Integer.toString(call.expects()),
                Integer.toString(call.told()),
                millis(config.silence()),
                millis(config.absence()),
                millis(config.settle()),
                Long.toString(call.batch()),
                call.leaving() ? "1" : "0",
                Double.toString(config.setAside()),
                config.identity().orElse("")));
        for (int i = 0; i < windows.size(); i++) {
            SyncCall.Window told = call.windows().get(i);
            addKeys(keys, windows.get(i));
            addWindow(arguments, windows.get(i));
            arguments.add(Long.toString(told.allowance()));
            arguments.add(Integer.toString(told.report().size()));
            told.report().forEach((age, count) -> {
                arguments.add(age.toString());
                arguments.add(count.toString());
            });
        }
        return redis.run(scripts.sync(), keys, arguments).map(BudgetStore::syncReply);
    }

    /**
     * @param pause  the vendor asked for, null for none
     * @param random 0 to 1
     * @return how long everybody pauses, ms, and refusals in a row
     */
    Uni<long[]> answered(boolean refused, Duration pause, double random) {
        List<String> arguments = List.of(
                refused ? "1" : "0",
                pause == null ? "-1" : millis(pause),
                Double.toString(random),
                millis(config.firstPause()),
                millis(config.maxPause()),
                millis(config.absence()));
        return redis.run(scripts.answer(), List.of(prefix + "state"), arguments)
                .map(reply -> new long[] {reply.get(0).toLong(), reply.get(1).toLong()});
    }

    /** How all windows stand; takes nothing. */
    Uni<BudgetView> view(String upstream) {
        List<String> keys = new ArrayList<>(List.of(prefix + "state", prefix + "replicas"));
        List<String> arguments = new ArrayList<>();
        for (BudgetWindow window : windows) {
            addKeys(keys, window);
            addWindow(arguments, window);
        }
        return redis.run(VIEW, keys, arguments).map(reply -> view(upstream, reply));
    }

    private BudgetView view(String upstream, Response reply) {
        List<BudgetView.Window> seen = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            Response window = reply.get(3 + i);
            long used = window.get(1).toLong();
            long emergency = window.get(2).toLong();
            long lookup = window.get(3).toLong();
            long ticket = window.get(4).toLong();
            seen.add(new BudgetView.Window(
                    windows.get(i).scope(),
                    Duration.ofMillis(windows.get(i).period()),
                    window.get(0).toLong(),
                    used,
                    emergency,
                    lookup,
                    ticket,
                    Math.max(0, used - emergency - lookup - ticket),
                    window.get(5).toLong()));
        }
        return new BudgetView(
                upstream,
                Duration.ofMillis(reply.get(0).toLong()),
                reply.get(1).toLong(),
                reply.get(2).toInteger(),
                seen);
    }

    Uni<Void> learn(BudgetWindow window, long limit, Duration believed) {
        return redis.run(
                        scripts.learn(),
                        List.of(prefix + "window:" + window.id()),
                        List.of(Long.toString(limit), millis(believed)))
                .replaceWithVoid();
    }

    private void addKeys(List<String> keys, BudgetWindow window) {
        keys.add(prefix + "window:" + window.id());
        keys.add(prefix + "slices:" + window.id());
    }

    private static void addWindow(List<String> arguments, BudgetWindow window) {
        arguments.add(Long.toString(window.limit()));
        arguments.add(Long.toString(window.length()));
        arguments.add(Long.toString(window.slice()));
    }

    private static Taken taken(Response reply) {
        Verdict.Kind kind = Verdict.Kind.valueOf(reply.get(0).toString());
        Verdict verdict = new Verdict(kind, reply.get(1).toLong());
        return new Taken(verdict, reply.get(2).toLong(), reply.get(3).toLong() / 1000.0);
    }

    private static SyncReply syncReply(Response reply) {
        return switch (reply.get(0).toString()) {
            case "EPOCH" -> new SyncReply.NewEpoch(reply.get(1).toString());
            case "OLD" -> new SyncReply.Overtaken();
            default -> heard(reply);
        };
    }

    private static SyncReply heard(Response reply) {
        List<SyncReply.Window> windows = new ArrayList<>();
        for (int i = 7; i < reply.size(); i++) {
            Response window = reply.get(i);
            Map<Long, Long> leaves = new TreeMap<>();
            for (int j = 3; j + 1 < window.size(); j += 2) {
                leaves.merge(window.get(j).toLong(), window.get(j + 1).toLong(), Long::sum);
            }
            windows.add(new SyncReply.Window(
                    window.get(0).toLong(),
                    window.get(1).toLong(),
                    window.get(2).toLong(),
                    leaves));
        }
        return new SyncReply.Heard(
                reply.get(1).toInteger(),
                reply.get(2).toInteger(),
                reply.get(4).toInteger() == 1,
                reply.get(5).toLong(),
                reply.get(6).toLong(),
                windows);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
