package io.incidentbridge.outbox;

import io.incidentbridge.redis.Durability;
import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Accepted work, kept until it is done. Fails with {@code RedisUnavailableException} when it cannot be kept. */
@ApplicationScoped
public class Outbox {

    /** The file of Lua functions for scripts that add to the outbox together with something else. */
    public static final String LIBRARY = "outbox_enqueue";

    private static final RedisScript ADD = RedisScript.load("outbox_add", LIBRARY);

    private final DurableWrites writes;
    private final KeyedHash hash;
    private final OutboxConfig config;
    private volatile Consumer<Shard> onAdded = shard -> {};

    Outbox(DurableWrites writes, KeyedHash hash, OutboxConfig config) {
        this.writes = writes;
        this.hash = hash;
        this.config = config;
    }

    /** Keeps work, which is begun at once, here if there is room. When this completes it will not be lost. */
    public Uni<OutboxReceipt> add(NewOutboxItem item) {
        Shard shard = shardOf(item.orderKey());
        String id = idOf(shard, item.kind(), item.dedupeId());
        List<String> arguments =
                List.of(shard.prefix(), id, item.kind(), orderOf(item.orderKey()), item.body(), "", "0");
        return run(ADD, List.of(shard.item(id)), arguments, item.durability())
                .map(reply -> new OutboxReceipt(id, !reply.get(0).toString().startsWith("DUPLICATE")))
                .invoke(() -> onAdded.accept(shard));
    }

    /**
     * Runs a script that adds to the outbox by the functions of {@link #LIBRARY}, with the durability asked for. What it
     * adds without claiming it is begun at the next tick, or sooner with {@link #noticeAdded}.
     *
     * @param keys       all on one shard
     * @param durability null for {@code bridge.outbox.durability}
     */
    public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments, Durability durability) {
        return writes.run(
                script, new ArrayList<>(keys), arguments, durability == null ? config.durability() : durability);
    }

    /** Has the shard looked at now. */
    public void noticeAdded(Shard shard) {
        onAdded.accept(shard);
    }

    /** Where items with this order key are. */
    public Shard shardOf(String orderKey) {
        return new Shard(Integer.parseUnsignedInt(orderOf(orderKey).substring(0, 7), 16) % config.shards());
    }

    /** An order key as it is stored. */
    public String orderOf(String orderKey) {
        return hash.hash("outbox-order", orderKey);
    }

    /** The id that an item gets. */
    public String idOf(Shard shard, String kind, String dedupeId) {
        return shard.number() + "-" + hash.hash("outbox-item", kind + "\n" + dedupeId);
    }

    /** Key of an item, for scripts of other packages. */
    public String keyOf(String id) {
        return Shard.of(id).item(id);
    }

    /** All of it. */
    public List<Shard> shards() {
        return IntStream.range(0, config.shards()).mapToObj(Shard::new).toList();
    }

    /** Calls back when something may have become due. */
    void onAdded(Consumer<Shard> callback) {
        onAdded = callback;
    }
}
