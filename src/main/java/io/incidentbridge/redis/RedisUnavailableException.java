package io.incidentbridge.redis;

/** Redis did not answer a command within its deadline, refused it, or is not there; the command may have been done. */
public class RedisUnavailableException extends RuntimeException {

    RedisUnavailableException(String command, Throwable cause) {
        super("redis: " + command + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
}
