package io.incidentbridge.redis;

import io.incidentbridge.problem.UpstreamException;

/** Redis did not answer a command within its deadline, refused it, or is not there; the command may have been done. */
public class RedisUnavailableException extends UpstreamException {

    RedisUnavailableException(String command, Throwable cause) {
        super("redis: " + command + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }

    /** For a command that was not sent; without a stack trace, as every request has one while Redis is away. */
    RedisUnavailableException(String command, String reason) {
        super("redis: " + command + ": " + reason);
    }
}
