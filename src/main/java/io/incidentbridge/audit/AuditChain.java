package io.incidentbridge.audit;

import io.incidentbridge.audit.AuditStore.Appended;
import io.incidentbridge.metrics.BridgeMetrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals entries and appends them to the trail, which all replicas write. A seal needs the one before it, and the key must
 * not go to Redis, so a replica seals what it has onto the end that it knows and Redis takes it only if that still is the
 * end. Whatever comes in meanwhile goes with the next batch.
 *
 * <pre>
 * IDLE    nothing to write
 * WRITING one batch is on its way; on a changed end it is sealed anew
 * AWAY    the last attempt failed: callers are told at once, entries wait and are tried again every second
 * </pre>
 */
@ApplicationScoped
class AuditChain {

    private static final Logger LOG = Logger.getLogger(AuditChain.class);

    private static final int BATCH = 50;
    private static final int MOST_WAITING = 1000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AuditStore store;
    private final AuditKeys keys;
    private final Clock clock;
    private final BridgeMetrics metrics;
    private final Duration pause;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private List<Waiting> underWay = List.of();
    private String batch;
    private State state = State.IDLE;
    private Throwable lastFailure;

    /** The end that Redis told when this replica found that entries were lost; -1 when there was no loss. */
    private long lostAt = -1;

    /** Where the trail ends, as far as this replica knows; null before its first entry. */
    private ChainLink end;

    private enum State {
        IDLE,
        WRITING,
        AWAY
    }

    /** @param fields as {@link SealedEntry#FIELDS} names them */
    private record Waiting(List<String> fields, UniEmitter<? super Void> caller) {}

    @Inject
    AuditChain(AuditStore store, AuditKeys keys, Clock clock, BridgeMetrics metrics) {
        this(store, keys, clock, metrics, PAUSE);
    }

    /** @param pause between attempts while Redis is away */
    AuditChain(AuditStore store, AuditKeys keys, Clock clock, BridgeMetrics metrics, Duration pause) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.metrics = metrics;
        this.pause = pause;
    }

    /** Done when the entry is part of the trail. After a failure it still waits, unless too many do. */
    Uni<Void> append(List<String> fields) {
        return Uni.createFrom().<Void>emitter(caller -> enqueue(new Waiting(fields, caller)));
    }

    /** The end of the trail as this replica last saw it: a witness that is not in Redis. Null before its first entry. */
    synchronized ChainLink witness() {
        return end;
    }

    /** Whether this replica has seen a loss that no operator has acknowledged since. */
    synchronized boolean hasLost() {
        return lostAt >= 0;
    }

    /** @param seq of the last acknowledgement in the trail, 0 for none */
    synchronized void acknowledged(long seq) {
        if (seq > lostAt) {
            lostAt = -1;
        }
    }

    private void enqueue(Waiting entry) {
        Throwable refusal;
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                metrics.audit("dropped");
                refusal = new IllegalStateException("too many audit entries wait for Redis");
            } else {
                waiting.add(entry);
                refusal = state == State.AWAY ? lastFailure : null;
            }
        }
        if (refusal != null) {
            entry.caller().fail(refusal);
        }
        writeNext();
    }

    private void writeNext() {
        synchronized (this) {
            if (state != State.IDLE || (underWay.isEmpty() && waiting.isEmpty())) {
                return;
            }
            state = State.WRITING;
            if (underWay.isEmpty()) {
                underWay = new ArrayList<>();
                batch = UUID.randomUUID().toString();
                while (underWay.size() < BATCH && !waiting.isEmpty()) {
                    underWay.add(waiting.remove());
                }
            }
        }
        Uni.createFrom().deferred(this::write).subscribe().with(this::written, this::failed);
    }

    private Uni<ChainLink> write() {
        ChainLink after;
        List<SealedEntry> sealed;
        synchronized (this) {
            after = end == null ? ChainLink.START : end;
            sealed = seal(after);
        }
        return store.append(batch, after, sealed).flatMap(reply -> switch (reply.outcome()) {
            case APPENDED, APPENDED_BEFORE -> Uni.createFrom().item(reply.end());
            case ENDS_ELSEWHERE -> goOnFrom(reply);
        });
    }

    private List<SealedEntry> seal(ChainLink after) {
        List<SealedEntry> sealed = new ArrayList<>();
        ChainLink last = after;
        for (Waiting entry : underWay) {
            SealedEntry next = SealedEntry.seal(keys, last, last.nextId(clock.millis()), entry.fields());
            sealed.add(next);
            last = next.link();
        }
        return sealed;
    }

    /** Usually another replica was quicker. An end before the one that was seen means that entries are gone. */
    private Uni<ChainLink> goOnFrom(Appended reply) {
        synchronized (this) {
            ChainLink known = end;
            ChainLink now = reply.end();
            if (known != null && (now.seq() < known.seq() || (now.seq() == known.seq() && !sameMac(known, now)))) {
                LOG.errorf(
                        "audit trail lost entries knownSeq=%d knownMac=%s seq=%d mac=%s",
                        known.seq(), known.mac(), now.seq(), now.mac());
                metrics.auditFinding(ChainFinding.Kind.ROLLED_BACK.label());
                underWay.add(0, loss(known, now));
                lostAt = now.seq();
            }
            end = now;
        }
        return write();
    }

    private static boolean sameMac(ChainLink one, ChainLink other) {
        return one.mac().equals(other.mac());
    }

    /** The trail itself tells that it was cut, whoever verifies it later. */
    private Waiting loss(ChainLink known, ChainLink now) {
        List<String> fields = List.of(
                Instant.now(clock).toString(),
                "incident-bridge",
                "audit.entries-lost",
                "audit/trail",
                SealedEntry.canonical(Map.of("seq", Long.toString(known.seq()), "mac", known.mac())),
                SealedEntry.canonical(Map.of("seq", Long.toString(now.seq()), "mac", now.mac())),
                "");
        return new Waiting(fields, null);
    }

    private void written(ChainLink last) {
        List<Waiting> done;
        synchronized (this) {
            end = last;
            done = underWay;
            underWay = List.of();
            state = State.IDLE;
            lastFailure = null;
        }
        // Outside of Redis and of this process: who keeps the log can tell whether the trail was cut behind this entry.
        LOG.infof("audit sealed seq=%d mac=%s", last.seq(), last.mac());
        done.forEach(entry -> {
            metrics.audit("stored");
            if (entry.caller() != null) {
                entry.caller().complete(null);
            }
        });
        writeNext();
    }

    private void failed(Throwable failure) {
        List<Waiting> told;
        boolean first;
        synchronized (this) {
            state = State.AWAY;
            first = lastFailure == null;
            lastFailure = failure;
            told = new ArrayList<>(underWay);
            told.addAll(waiting);
        }
        if (first) {
            LOG.warnf("audit entries wait count=%d reason=%s", told.size(), failure);
        }
        told.stream().filter(entry -> entry.caller() != null).forEach(entry -> entry.caller()
                .fail(failure));
        Uni.createFrom().voidItem().onItem().delayIt().by(pause).subscribe().with(over -> again());
    }

    private void again() {
        synchronized (this) {
            state = State.IDLE;
        }
        writeNext();
    }
}
