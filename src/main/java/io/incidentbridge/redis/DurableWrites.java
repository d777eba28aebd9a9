package io.incidentbridge.redis;

import io.incidentbridge.startup.Finding;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Scripts whose effect is as safe as asked for when the answer comes. */
@ApplicationScoped
public class DurableWrites {

    private static final Command WAITAOF = Command.create("WAITAOF");
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(3);

    private final RedisCommands redis;
    private final FsyncMeans fsync;
    private final Duration longest;

    DurableWrites(RedisCommands redis, RedisConfig config) {
        this.redis = redis;
        this.fsync = new FsyncMeans(redis, config.confirmation());
        this.longest = config.confirmation();
    }

    /**
     * Runs a script. Fails with {@link RedisUnavailableException} also when it was done but is not confirmed in time: the
     * caller must not take it for done, and must be able to repeat it.
     */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments, Durability durability) {
        return switch (durability) {
            case MEMORY -> redis.run(script, keys, arguments);
            case REPLICATED -> replicated(script, keys, arguments);
            case FSYNC ->
                fsync.means().flatMap(means -> switch (means) {
                    case WAITAOF -> onDisk(script, keys, arguments);
                    // Such a server answers after the disk has it.
                    case ALWAYS -> redis.run(script, keys, arguments);
                    case NONE ->
                        Uni.createFrom()
                                .failure(new RedisUnavailableException(
                                        script.name(), "the server cannot promise that a write is on its disk"));
                });
        };
    }

    /**
     * Finds a promise that this server cannot keep. One that is away is no finding: it may be as asked when it is back. May
     * block.
     *
     * @param key the configuration key that asks for it
     */
    public Stream<Finding> check(String key, Durability asked) {
        boolean possible = isPossible(asked)
                .ifNoItem()
                .after(LONGEST_CHECK)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(true)
                .await()
                .indefinitely();
        if (possible) {
            return Stream.empty();
        }
        return Stream.of(
                asked == Durability.FSYNC
                        ? Finding.unsafe(
                                key,
                                "is fsync, which this Redis cannot promise: everything would be refused",
                                "use appendonly yes with appendfsync always, or Redis 8 with everysec and"
                                        + " bridge.redis.confirmation of 1500ms or more, or another durability")
                        : Finding.questionable(
                                key,
                                "is replicated, but the server has no replica now: everything is refused until it has",
                                "add a replica, or use another durability"));
    }

    private Uni<Boolean> isPossible(Durability durability) {
        return switch (durability) {
            case MEMORY -> Uni.createFrom().item(true);
            case REPLICATED ->
                redis.send(io.vertx.mutiny.redis.client.Command.INFO, "replication")
                        .map(info ->
                                !RedisFacts.of(info.toString(), Duration.ZERO).is("connected_slaves", "0"));
            case FSYNC -> fsync.means().map(means -> means != FsyncMeans.Means.NONE);
        };
    }

    private Uni<Response> replicated(RedisScript script, List<String> keys, List<String> arguments) {
        Request wait = Request.cmd(Command.WAIT, 1, longest.toMillis());
        return redis.runConfirmed(script, keys, arguments, wait, longest, replicas -> replicas.toLong() >= 1);
    }

    private Uni<Response> onDisk(RedisScript script, List<String> keys, List<String> arguments) {
        Request wait = Request.cmd(WAITAOF, 1, 0, longest.toMillis());
        return redis.runConfirmed(
                script, keys, arguments, wait, longest, disks -> disks.get(0).toLong() >= 1);
    }
}
