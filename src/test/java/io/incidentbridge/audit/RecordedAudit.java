package io.incidentbridge.audit;

import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trail in memory, for tests of other packages. */
public final class RecordedAudit extends AuditTrail {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    public RecordedAudit(RedisCommands redis) {
        super(AuditFixture.chain(redis), Clock.systemUTC());
    }

    /** Whether appending fails. */
    public void away(boolean now) {
        away = now;
    }

    @Override
    public Uni<Void> append(Entry entry) {
        if (away) {
            return Uni.createFrom().failure(new IllegalStateException("the trail is away"));
        }
        entries.add(entry);
        return Uni.createFrom().voidItem();
    }

    public List<Entry> entries() {
        return entries;
    }

    public List<String> actions() {
        return entries.stream().map(Entry::action).toList();
    }

    public void forget() {
        entries.clear();
    }
}
