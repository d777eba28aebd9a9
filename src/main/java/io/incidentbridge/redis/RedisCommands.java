package io.incidentbridge.redis;

import io.incidentbridge.metrics.BridgeMetrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Redis with a deadline on every command, and at once when it is known to be away. Failures are
 * {@link RedisUnavailableException}; Redis' nil is a null item. A command that certainly did not run (a failover, a
 * connection that had ended) is sent once more within its deadline.
 */
@ApplicationScoped
public class RedisCommands {

    private static final Logger LOG = Logger.getLogger(RedisCommands.class);

    /** Lets a server that is just loading, or a failover that is just ending, settle. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RedisConnections connections;
    private final RedisConfig config;
    private final BridgeMetrics metrics;
    private final RedisBreaker breaker;
    private final RedisProbe probe;

    RedisCommands(RedisConnections connections, RedisConfig config, BridgeMetrics metrics) {
        this.connections = connections;
        this.config = config;
        this.metrics = metrics;
        this.breaker = new RedisBreaker(config.breakerFailures(), config.breakerWithin(), config.probeEvery());
        this.probe =
                new RedisProbe(breaker, connections, config.probeEvery(), config.probeDeadline(), config.deadline());
        metrics.redisBreaker(List.of(RedisBreaker.State.values()), breaker::state);
    }

    /** Runs a script; one that Redis has forgotten (restart, failover) is sent again in full. */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
        return bounded(script.name(), evaluation(script, keys, arguments, RedisLane::send));
    }

    /**
     * Runs a script on connections of its own and then, on the same one, a command that blocks until the write is safe.
     * What is slow there says nothing about the server, so it does not count for the breaker.
     *
     * @param confirmation WAIT or WAITAOF, which ends by itself
     * @param isConfirmed  what its reply says; false fails as {@link RedisUnavailableException}
     */
    Uni<Response> runConfirmed(
            RedisScript script,
            List<String> keys,
            List<String> arguments,
            Request confirmation,
            Duration longest,
            Predicate<io.vertx.redis.client.Response> isConfirmed) {
        Call call =
                evaluation(script, keys, arguments, (lane, request) -> lane.send(request, confirmation, isConfirmed));
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(attempt(
                        script.name(),
                        call,
                        new Line(connections.blocking(), config.deadline().plus(longest), false))))
                .map(Response::newInstance);
    }

    private static Call evaluation(
            RedisScript script,
            List<String> keys,
            List<String> arguments,
            BiFunction<RedisLane, Request, Future<io.vertx.redis.client.Response>> send) {
        Request bySha = evaluate(Command.EVALSHA, script.sha1(), keys, arguments);
        return lane -> send.apply(lane, bySha)
                .recover(failure -> RedisFailure.isUnknownScript(failure)
                        ? send.apply(lane, evaluate(Command.EVAL, script.source(), keys, arguments))
                        : Future.failedFuture(failure));
    }

    /** Runs one command. */
    public Uni<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command.getDelegate());
        for (String argument : arguments) {
            request.arg(argument);
        }
        return bounded(command.toString(), lane -> lane.send(request));
    }

    /** Whether commands are sent; while false they fail at once. */
    public boolean isAvailable() {
        return breaker.state() == RedisBreaker.State.CLOSED;
    }

    private static Request evaluate(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command.getDelegate()).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private Uni<Response> bounded(String name, Call call) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(attempt(name, call, new Line(connections, config.deadline(), true))))
                .map(Response::newInstance);
    }

    private Future<io.vertx.redis.client.Response> attempt(String name, Call call, Line line) {
        if (!isAvailable()) {
            metrics.redisCommand("away", Duration.ZERO);
            return Future.failedFuture(new RedisUnavailableException(name, "the server is known to be away"));
        }
        long sent = System.nanoTime();
        // The deadline is timed on the event loop that the reply comes in on: after a pause of this
        // process it finds the reply that came meanwhile before it finds that time is up.
        Promise<io.vertx.redis.client.Response> reply =
                line.connections().context().promise();
        // Sent in its context too, as the client gives a reply to the context that it was asked from: by way of another
        // event
        // loop it would come behind the deadline after all.
        line.connections().context().dispatch(() -> line.connections()
                .lane()
                .compose(lane -> exchange(lane, call, line, sent))
                .onComplete(reply));
        // Handed on in the caller's context.
        Promise<io.vertx.redis.client.Response> bounded =
                connections.context().owner().promise();
        reply.future()
                .timeout(line.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(outcome -> settle(sent, outcome, reply.future(), line))
                .onComplete(bounded);
        return bounded.future().recover(failure -> Future.failedFuture(new RedisUnavailableException(name, failure)));
    }

    /**
     * A command whose caller has given up while a connection was made is not sent any more: what it would take, a lease or
     * work, nobody would hold.
     */
    private Future<io.vertx.redis.client.Response> exchange(RedisLane lane, Call call, Line line, long sent) {
        if (isLate(line.deadline(), sent)) {
            return Future.failedFuture(new TimeoutException("no connection within the deadline"));
        }
        return call.apply(lane).recover(failure -> {
            boolean ofConnection = RedisFailure.isOfConnection(failure);
            Future<RedisLane> next = ofConnection ? line.connections().renew(lane) : later(lane);
            boolean again = RedisFailure.of(failure) == RedisFailure.NOT_RUN
                    && !isLate(line.deadline().minus(PAUSE), sent);
            return again
                    ? next.compose(
                            ready -> isLate(line.deadline(), sent) ? Future.failedFuture(failure) : call.apply(ready))
                    : Future.failedFuture(failure);
        });
    }

    private static boolean isLate(Duration deadline, long sent) {
        return System.nanoTime() - sent >= deadline.toNanos();
    }

    private Future<RedisLane> later(RedisLane lane) {
        Promise<RedisLane> pause = Promise.promise();
        connections.context().setTimer(PAUSE.toMillis(), now -> pause.complete(lane));
        return pause.future();
    }

    private void settle(long sent, AsyncResult<?> outcome, Future<?> reply, Line line) {
        long now = System.nanoTime();
        Duration took = Duration.ofNanos(now - sent);
        if (outcome.succeeded()) {
            breaker.onAnswer(now);
            metrics.redisCommand("ok", took);
            return;
        }
        RedisFailure failure = RedisFailure.of(outcome.cause());
        metrics.redisCommand(failure.name().toLowerCase(Locale.ROOT), took);
        if (failure == RedisFailure.TIMED_OUT) {
            line.connections().watch(reply, line.connections().current());
        }
        if (failure == RedisFailure.REFUSED) {
            // Callers take it for an absent Redis and go on; a script that fails must not stay unnoticed.
            LOG.warnf("Redis refused a command reason=%s", outcome.cause().getMessage());
            breaker.onAnswer(now);
        } else if (line.telling()) {
            count(sent, now, failure == RedisFailure.TIMED_OUT, outcome.cause());
        }
    }

    private void count(long sent, long now, boolean timedOut, Throwable cause) {
        if (breaker.onFailure(sent, now, timedOut)) {
            probe.start(cause);
        }
    }

    /**
     * Where a command goes.
     *
     * @param telling whether its failure says something about the server
     */
    private record Line(RedisConnections connections, Duration deadline, boolean telling) {}

    /** One command on a given lane; a second attempt may have another one. */
    private interface Call extends Function<RedisLane, Future<io.vertx.redis.client.Response>> {}
}
