package io.incidentbridge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.metrics.WebhookMetrics;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.webhook.Inbox.Entry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Applies accepted deliveries: each to every listener. A delivery is woken for at once on the replica that took it, and
 * found by any replica's next look when that one has died.
 */
@ApplicationScoped
class InboxWorker {

    private static final Logger LOG = Logger.getLogger(InboxWorker.class);

    /** For what is under way when the bridge stops; well below an orchestrator's grace period. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final List<IncidentListener> listeners;
    private final ObjectMapper json;
    private final WebhookConfig config;
    private final Clock clock;
    private final WebhookMetrics metrics;
    private final RetryPolicy policy;
    private final Map<WebhookSource, InboxSlots> slots = new EnumMap<>(WebhookSource.class);
    private Cancellable looking = () -> {};
    private volatile boolean gone;

    InboxWorker(
            Inbox inbox,
            @All List<IncidentListener> listeners,
            ObjectMapper json,
            WebhookConfig config,
            Clock clock,
            WebhookMetrics metrics) {
        this.inbox = inbox;
        this.listeners = listeners;
        this.json = json;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.policy = new RetryPolicy(config.attempts(), config.giveUp());
        for (WebhookSource source : WebhookSource.values()) {
            InboxSlots ofSource = new InboxSlots(config.parallel(), most -> inbox.claim(source, most), this::apply);
            slots.put(source, ofSource);
            metrics.inboxBacklog(source.path(), ofSource::backlog);
        }
    }

    void start(@Observes StartupEvent started) {
        looking = Multi.createFrom()
                .ticks()
                .every(config.poll())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> slots.values().forEach(InboxSlots::fill));
    }

    /** What is under way here and not done in time falls due elsewhere when its claim ends. */
    void stop(@Observes ShutdownEvent stopped) {
        looking.cancel();
        CompletableFuture<?>[] drained =
                slots.values().stream().map(InboxSlots::close).toArray(CompletableFuture[]::new);
        Uni.createFrom()
                .completionStage(CompletableFuture.allOf(drained))
                .ifNoItem()
                .after(FAREWELL)
                .recoverWithItem(() -> null)
                .await()
                .indefinitely();
        // From here on failures are those of a bridge that is going, and say nothing about a delivery.
        gone = true;
    }

    /** Something was stored. */
    void wake(WebhookSource source) {
        slots.get(source).fill();
    }

    /** Never fails: an entry whose outcome cannot be written falls due when its claim ends. */
    private Uni<Void> apply(Entry entry) {
        long claimed = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> tell(entry))
                .ifNoItem()
                .after(config.applyWithin())
                .fail()
                .onItemOrFailure()
                .transformToUni((outcome, failure) -> written(settle(entry, outcome, failure), claimed))
                .onFailure()
                .invoke(failure -> LOG.warnf("webhook's outcome not written reason=%s", RetryPolicy.reason(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** Tried again while Redis is away and the claim keeps everybody else from the entry. */
    private Uni<Void> written(Uni<Void> outcome, long claimed) {
        Duration left = config.claim().minusNanos(System.nanoTime() - claimed);
        return outcome.onFailure(RedisUnavailableException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(Math.max(1, left.toMillis()));
    }

    private Uni<String> tell(Entry entry) {
        Optional<IncidentEvent> event = translate(entry);
        if (event.isEmpty()) {
            return Uni.createFrom().item("ignored");
        }
        if (listeners.isEmpty()) {
            return Uni.createFrom().item("applied");
        }
        Instant accepted = Instant.ofEpochMilli(entry.acceptedMillis());
        return Uni.join()
                .all(listeners.stream()
                        .map(listener -> Uni.createFrom().deferred(() -> listener.on(event.get(), accepted)))
                        .toList())
                .andCollectFailures()
                .replaceWith("applied");
    }

    private Optional<IncidentEvent> translate(Entry entry) {
        WebhookConfig.Endpoint endpoint = entry.source().endpoints(config).get(entry.name());
        String source = Optional.ofNullable(endpoint)
                .flatMap(WebhookConfig.Endpoint::source)
                .orElse(entry.source().path());
        try {
            return entry.source().events().translate(source, entry.eventId(), json.readTree(entry.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored body that is no JSON", e);
        }
    }

    private Uni<Void> settle(Entry entry, String outcome, Throwable failure) {
        Duration age = Duration.between(Instant.ofEpochMilli(entry.acceptedMillis()), clock.instant());
        if (failure == null) {
            metrics.inbox(entry.source().path(), outcome, age);
            return inbox.done(entry);
        }
        if (gone) {
            return Uni.createFrom().voidItem();
        }
        String reason = RetryPolicy.reason(failure);
        if (policy.isTriedAgain(failure, entry.attempt(), age)) {
            LOG.debugf(failure, "webhook tried again attempt=%d reason=%s", entry.attempt(), reason);
            metrics.inbox(entry.source().path(), "retried", age);
            return inbox.later(entry);
        }
        LOG.debug("webhook parked after", failure);
        LOG.errorf(
                "webhook parked source=%s name=%s event=%s attempts=%d reason=%s",
                entry.source().path(), entry.name(), entry.eventId(), entry.attempt(), reason);
        metrics.inbox(entry.source().path(), "parked", age);
        return inbox.park(entry, reason);
    }
}
