package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * A simulated vendor's outgoing webhooks: retries by the vendor's own rules, and by {@code /control/webhooks} whatever
 * else goes wrong between two clouds: lost, doubled or late deliveries, the late ones out of order.
 */
public final class Webhooks {

    private final Rules rules;
    private final Clock clock;
    private final Map<String, Future<Void>> tails = new ConcurrentHashMap<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile Settings settings = Settings.HEALTHY;
    private volatile Subscription subscription;
    private volatile WebhookSender sender;

    public Webhooks(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.subscription = new Subscription(rules, clock);
    }

    /**
     * How the vendor delivers.
     *
     * @param path        the bridge's address
     * @param timeoutMs   the vendor's patience
     * @param retried     statuses after which it delivers again; no answer always does
     * @param pausesMs    before each further attempt; when they are over, the delivery is dropped
     * @param isOrdered   whether later deliveries for the same incident wait for earlier ones
     * @param mostDrops   drops in a row after which the subscription is disabled; 0 for never
     * @param disabledFor how long all that is new or waits is then dropped
     */
    public record Rules(
            String path,
            long timeoutMs,
            IntPredicate retried,
            long[] pausesMs,
            boolean isOrdered,
            int mostDrops,
            Duration disabledFor) {

        /** Of a vendor that delivers in no order and never disables a subscription. */
        public static Rules enduring(String path, long timeoutMs, IntPredicate retried, long... pausesMs) {
            return new Rules(path, timeoutMs, retried, pausesMs, false, 0, Duration.ZERO);
        }
    }

    /**
     * One delivery.
     *
     * @param orderKey the incident
     * @param headers  by attempt, from 0 on: what is signed anew or counted
     */
    public record Delivery(String orderKey, Buffer body, Function<Integer, Map<String, String>> headers) {}

    private record Settings(boolean enabled, int duplicates, int shuffleMs) {
        private static final Settings HEALTHY = new Settings(true, 0, 0);
    }

    public void connect(WebhookSender connected) {
        sender = connected;
    }

    public void mount(Router router) {
        router.route("/control/webhooks").failureHandler(Replies::failure);
        router.get("/control/webhooks").handler(ctx -> Replies.json(ctx, 200, state()));
        router.put("/control/webhooks").handler(this::configure);
    }

    /** What still waits is about incidents that are gone, and is forgotten. */
    public void reset() {
        settings = Settings.HEALTHY;
        subscription = new Subscription(rules, clock);
        tails.clear();
    }

    /** Sends it, and whatever the settings make of it; without a bridge to send to, nothing. */
    public void send(Delivery delivery) {
        Settings current = settings;
        if (sender == null || !current.enabled()) {
            return;
        }
        for (int i = 0; i <= current.duplicates(); i++) {
            sendOne(delivery, current);
        }
    }

    private void sendOne(Delivery delivery, Settings current) {
        Subscription to = subscription;
        if (current.shuffleMs() > 0 || !rules.isOrdered()) {
            sender.after(sender.upTo(current.shuffleMs())).compose(now -> attempt(delivery, to, 0));
            return;
        }
        tails.compute(delivery.orderKey(), (key, tail) -> {
            Future<Void> before = tail == null ? Future.succeededFuture() : tail;
            return before.compose(done -> attempt(delivery, to, 0));
        });
    }

    private Future<Void> attempt(Delivery delivery, Subscription to, int attempt) {
        if (to != subscription) {
            return Future.succeededFuture();
        }
        if (to.isDisabled()) {
            dropped.incrementAndGet();
            return Future.succeededFuture();
        }
        attempts.incrementAndGet();
        return sender.post(rules.path(), delivery.headers().apply(attempt), delivery.body(), rules.timeoutMs())
                .otherwise(0)
                .compose(status -> settle(delivery, to, attempt, status));
    }

    private Future<Void> settle(Delivery delivery, Subscription to, int attempt, int status) {
        if (status >= 200 && status < 300) {
            accepted.incrementAndGet();
            to.accepted();
            return Future.succeededFuture();
        }
        boolean again = status == 0 || rules.retried().test(status);
        if (again && attempt < rules.pausesMs().length) {
            return sender.after(rules.pausesMs()[attempt]).compose(now -> attempt(delivery, to, attempt + 1));
        }
        dropped.incrementAndGet();
        to.dropped();
        return Future.succeededFuture();
    }

    private void configure(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("enabled", "duplicates", "shuffleMs"));
        settings = new Settings(
                json.flag("enabled", true),
                json.integer("duplicates", 0, 0, 5),
                json.integer("shuffleMs", 0, 0, 60_000));
        subscription.enable();
        Replies.json(ctx, 200, state());
    }

    private JsonObject state() {
        Settings current = settings;
        return new JsonObject()
                .put("enabled", current.enabled())
                .put("duplicates", current.duplicates())
                .put("shuffleMs", current.shuffleMs())
                .put("disabled", subscription.isDisabled())
                .put("attempts", attempts.get())
                .put("accepted", accepted.get())
                .put("dropped", dropped.get());
    }
}
