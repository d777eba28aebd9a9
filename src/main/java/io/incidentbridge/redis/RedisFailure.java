package io.incidentbridge.redis;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.Response;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What a failed command tells about Redis, and whether the command may have run. */
enum RedisFailure {
    /** Redis answered with an error of this command: it is there, and asking again does not help. */
    REFUSED,
    /** Redis, or the client before sending, turned the command down for a passing reason; it certainly did not run. */
    NOT_RUN,
    /** No answer in time; the command may have run, or may yet run. */
    TIMED_OUT,
    /** The connection broke before the answer; the command may have run. */
    LOST;

    private static final Set<String> PASSING = Set.of(
            "READONLY",
            "LOADING",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "MOVED",
            "ASK",
            "TRYAGAIN",
            "BUSY",
            "UNKILLABLE",
            "NOREPLICAS");

    /** What a master says that has lost its place, or its replicas to a new one. */
    private static final Pattern REFUSED_WRITE = Pattern.compile("(^|-)(READONLY|NOREPLICAS) ");

    private static final Pattern BATCH_NUMBER = Pattern.compile("^(ERR )?\\[\\d+] ");

    static RedisFailure of(Throwable failure) {
        if (failure instanceof Response) {
            return ofReply(message(failure));
        }
        if (failure instanceof UnconfirmedWrite) {
            return REFUSED;
        }
        if (failure instanceof TimeoutException) {
            return TIMED_OUT;
        }
        // A mistake of ours that the client finds before it asks.
        if (startsWith(failure, "Redis command is not valid")) {
            return REFUSED;
        }
        return isBeforeSending(failure) ? NOT_RUN : LOST;
    }

    /** Whether the server has lost this script, in a restart or a failover. */
    static boolean isUnknownScript(Throwable failure) {
        return failure instanceof Response && message(failure).startsWith("NOSCRIPT");
    }

    /** Whether only a new connection helps: this one has ended, or its master has become a replica. */
    static boolean isOfConnection(Throwable failure) {
        return of(failure) == LOST
                || of(failure) == NOT_RUN && !(failure instanceof Response)
                || failure instanceof Response
                        && REFUSED_WRITE.matcher(message(failure)).find();
    }

    /** As the server sent it: of a batch the client puts the command's number before it. */
    private static String message(Throwable reply) {
        return BATCH_NUMBER.matcher(String.valueOf(reply.getMessage())).replaceFirst("");
    }

    private static RedisFailure ofReply(String message) {
        String code = message.split(" ", 2)[0];
        // The client's own word for a connection that ended with the command unanswered.
        if (code.equals("CONNECTION_CLOSED")) {
            return LOST;
        }
        // Redis 6.2 wraps the refusal of a script's first write: "ERR Error running script ...: -READONLY You can't
        // ..."
        return PASSING.contains(code) || REFUSED_WRITE.matcher(message).find() ? NOT_RUN : REFUSED;
    }

    /** The client fails with plain messages before it writes: "Connection is closed", "waiting queue is full". */
    private static boolean isBeforeSending(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoStackTraceThrowable
                || failure instanceof ConnectionPoolTooBusyException
                || startsWith(failure, "Cannot connect to any of the provided endpoints")
                || startsWith(failure, "Failed to connect to all nodes")
                || startsWith(failure, "Client is closed");
    }

    private static boolean startsWith(Throwable failure, String text) {
        return failure.getMessage() != null && failure.getMessage().startsWith(text);
    }
}
