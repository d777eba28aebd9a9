package io.incidentbridge.redis;

import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Finds out when Redis is back, with or without callers, each time on fresh connections to freshly asked addresses. */
final class RedisProbe {

    private static final Logger LOG = Logger.getLogger(RedisProbe.class);

    /** A write, because a demoted master answers PING as ever. */
    private static final String KEY = "ib:{probe}";

    private static final String KEPT_MILLIS = "1000";

    private final RedisBreaker breaker;
    private final RedisConnections connections;
    private final Duration every;
    private final Duration deadline;
    private final Duration ofCommands;

    /**
     * @param deadline   of a probe with the connections that it makes
     * @param ofCommands a server that answers no write within it would only cost callers this much again
     */
    RedisProbe(
            RedisBreaker breaker,
            RedisConnections connections,
            Duration every,
            Duration deadline,
            Duration ofCommands) {
        this.breaker = breaker;
        this.connections = connections;
        this.every = every;
        this.deadline = deadline;
        this.ofCommands = ofCommands;
    }

    /** Called once each time the breaker opens; probes until it closes. */
    void start(Throwable cause) {
        LOG.warnf("Redis does not answer, commands fail at once until it does reason=%s", cause.getMessage());
        connections.context().runOnContext(now -> tick());
    }

    private void tick() {
        if (breaker.tryProbe(System.nanoTime())) {
            Request write = Request.cmd(Command.SET, KEY, "1", "PX", KEPT_MILLIS);
            connections
                    .renew(connections.current())
                    .compose(lane -> lane.send(write).timeout(ofCommands.toMillis(), TimeUnit.MILLISECONDS))
                    .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(this::onOutcome);
        } else if (breaker.state() == RedisBreaker.State.OPEN) {
            // The timer's clock may run a little ahead of the breaker's.
            tickLater(1);
        }
    }

    private void onOutcome(AsyncResult<Response> outcome) {
        // A server without disk or memory answers writes with an error, but it answers.
        if (outcome.succeeded() || RedisFailure.of(outcome.cause()) == RedisFailure.REFUSED) {
            LOG.info("Redis answers again");
            breaker.onProbeAnswer(System.nanoTime());
        } else {
            LOG.debugf("Redis is still away reason=%s", outcome.cause().getMessage());
            breaker.onProbeFailure(System.nanoTime());
            tickLater(every.toMillis());
        }
    }

    private void tickLater(long millis) {
        connections.context().setTimer(millis, now -> tick());
    }
}
