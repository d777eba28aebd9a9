package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Redis with a deadline on every command. Failures are {@link RedisUnavailableException}; Redis' nil is a null item. */
@ApplicationScoped
public class RedisCommands {

    private final Redis redis;
    private final RedisConfig config;

    RedisCommands(Redis redis, RedisConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** Runs a script; one that Redis has forgotten (restart, failover) is sent again in full. */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
        return bounded(
                script.name(),
                evaluate(Command.EVALSHA, script.sha1(), keys, arguments)
                        .onFailure(RedisCommands::isUnknownScript)
                        .recoverWithUni(() -> evaluate(Command.EVAL, script.source(), keys, arguments)));
    }

    /** Runs one command. */
    public Uni<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return bounded(command.toString(), redis.send(request));
    }

    private Uni<Response> evaluate(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return redis.send(request);
    }

    private Uni<Response> bounded(String name, Uni<Response> reply) {
        return reply.ifNoItem()
                .after(config.deadline())
                .fail()
                .onFailure()
                .transform(cause -> new RedisUnavailableException(name, cause));
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }
}
