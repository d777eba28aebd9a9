package io.incidentbridge.caller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.metrics.CallerMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Callers looked up lately, shared by all replicas. However many ask for one caller at once, one of all replicas loads;
 * the others wait for what it stores. A loader that dies loses its claim by time. Without Redis each replica loads for
 * itself, still once for all its askers, and keeps the answer for a moment.
 */
@ApplicationScoped
class CallerCache {

    private static final Logger LOG = Logger.getLogger(CallerCache.class);
    private static final RedisScript BEGIN = RedisScript.load("caller_begin");
    private static final RedisScript RENEW = RedisScript.load("caller_renew");
    private static final RedisScript FINISH = RedisScript.load("caller_finish");

    private static final int RENEWALS_PER_CLAIM = 3;

    private final RedisCommands redis;
    private final ObjectMapper json;
    private final CallerConfig config;
    private final CallerMetrics metrics;
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

    CallerCache(RedisCommands redis, ObjectMapper json, CallerConfig config, CallerMetrics metrics) {
        this.redis = redis;
        this.json = json;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * The cached caller, else what {@code load} brings. A load goes on when its askers have given up, so that the next
     * one finds its result.
     *
     * @param hash of the number or id, as {@code KeyedHash} makes it
     */
    Flight get(String hash, Function<Flight, Uni<CallerSnapshot>> load) {
        if (flights.containsKey(hash)) {
            metrics.cache("joined");
        }
        return flights.computeIfAbsent(hash, absent -> {
            Flight flight = new Flight();
            flight.result = ask(key(hash), UUID.randomUUID().toString(), flight, load)
                    .onTermination()
                    .invoke((loaded, failure, cancelled) -> land(hash, flight, loaded))
                    .memoize()
                    .indefinitely();
            return flight;
        });
    }

    /** Forgets a caller whose record has changed; a load under way will not be stored either. */
    Uni<Void> drop(String hash) {
        flights.remove(hash);
        return redis.send(Command.DEL, key(hash)).replaceWithVoid();
    }

    /** What Redis could not keep, this replica keeps for a moment: askers come in crowds when much is broken. */
    private void land(String hash, Flight flight, CallerSnapshot loaded) {
        if (loaded == null || !Boolean.TRUE.equals(flight.alone)) {
            flights.remove(hash, flight);
            return;
        }
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(config.freshAlone())
                .subscribe()
                .with(later -> flights.remove(hash, flight));
    }

    private Uni<CallerSnapshot> ask(
            String key, String token, Flight flight, Function<Flight, Uni<CallerSnapshot>> load) {
        return redis.run(BEGIN, List.of(key), List.of(token, millis(config.loadClaim())))
                .map(this::ticket)
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(Ticket.AWAY)
                .flatMap(ticket -> follow(ticket, key, token, flight, load));
    }

    private Uni<CallerSnapshot> follow(
            Ticket ticket, String key, String token, Flight flight, Function<Flight, Uni<CallerSnapshot>> load) {
        if (flight.alone == null) {
            metrics.cache(ticket.state().name().toLowerCase(Locale.ROOT));
        }
        flight.lastKnown = ticket.value();
        flight.alone = ticket.state() == State.AWAY;
        return switch (ticket.state()) {
            case FRESH -> Uni.createFrom().item(ticket.value());
            case AWAY -> load.apply(flight);
            // Written by another version: forgotten, so that the next question makes this replica its loader.
            case UNREADABLE -> redis.send(Command.DEL, key).flatMap(gone -> ask(key, token, flight, load));
            case LOAD -> claimed(key, token, load.apply(flight));
            case WAIT ->
                Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(config.loadPoll())
                        .flatMap(later -> ask(key, token, flight, load));
        };
    }

    /** The claim is short, so that nobody waits long for a loader that died or never learned that it has it. */
    private Uni<CallerSnapshot> claimed(String key, String token, Uni<CallerSnapshot> load) {
        Cancellable renewal = Multi.createFrom()
                .ticks()
                .startingAfter(renewEvery())
                .every(renewEvery())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> renew(key, token));
        return load.onTermination()
                .invoke(renewal::cancel)
                .onItemOrFailure()
                .invoke((loaded, failure) -> finish(key, token, loaded));
    }

    private Duration renewEvery() {
        return config.loadClaim().dividedBy(RENEWALS_PER_CLAIM);
    }

    private void renew(String key, String token) {
        redis.run(RENEW, List.of(key), List.of(token, millis(config.loadClaim())))
                .subscribe()
                .with(renewed -> {}, failure -> LOG.debug("claim not renewed", failure));
    }

    private void finish(String key, String token, CallerSnapshot loaded) {
        String value = loaded != null && loaded.incidentsKnown() ? write(loaded) : "";
        boolean unknown = loaded != null && loaded.status() == CallerSnapshot.Status.NOT_FOUND;
        String fresh = millis(unknown ? config.freshUnknown() : config.fresh());
        redis.run(FINISH, List.of(key), List.of(token, value, fresh, millis(config.keep())))
                .subscribe()
                .with(stored -> {}, failure -> LOG.debug("caller not cached", failure));
    }

    private Ticket ticket(Response reply) {
        CallerSnapshot value = read(reply.get(1).toString());
        State state = State.valueOf(reply.get(0).toString());
        return new Ticket(state == State.FRESH && value == null ? State.UNREADABLE : state, value);
    }

    private CallerSnapshot read(String value) {
        try {
            return value.isEmpty() ? null : json.readValue(value, CallerSnapshot.class);
        } catch (JsonProcessingException e) {
            LOG.debug("a cached caller of another version is looked up again");
            return null;
        }
    }

    private String write(CallerSnapshot snapshot) {
        try {
            return json.writeValueAsString(snapshot);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(String hash) {
        return "ib:{caller:" + hash + "}";
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** One lookup under way for all its askers on this replica. */
    static final class Flight {
        private Uni<CallerSnapshot> result;
        private volatile CallerSnapshot lastKnown;
        private volatile CallerSnapshot meanwhile;
        /** Null until Redis has answered or not. */
        private volatile Boolean alone;

        Uni<CallerSnapshot> result() {
            return result;
        }

        /** What the load has found so far, to be answered if the rest does not come in time; null when nothing. */
        CallerSnapshot meanwhile() {
            return meanwhile;
        }

        void meanwhile(CallerSnapshot found) {
            meanwhile = found;
        }

        /** What was known before, to stand in marked stale; null when nothing was. */
        CallerSnapshot lastKnown() {
            return lastKnown;
        }
    }

    private enum State {
        FRESH,
        UNREADABLE,
        LOAD,
        WAIT,
        AWAY
    }

    private record Ticket(State state, CallerSnapshot value) {
        static final Ticket AWAY = new Ticket(State.AWAY, null);
    }
}
