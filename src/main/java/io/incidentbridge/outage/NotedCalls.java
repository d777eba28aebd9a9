package io.incidentbridge.outage;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.redis.Lease;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentUpdate;
import io.incidentbridge.servicenow.IncidentWriter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Writes noted calls to their outage's master incident: few, aggregated work notes. One replica at a time writes for an
 * outage (lease); a batch is fixed in the ledger before it is sent and keeps its number until it is known to be written, so
 * that its note is recognised by its marker and never written twice.
 */
@ApplicationScoped
class NotedCalls {

    private static final Logger LOG = Logger.getLogger(NotedCalls.class);

    /** Longer than reading back, writing and reading back again can take. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int PAUSES_OF_A_REFUSAL = 6;

    private static final Duration ROOM = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final MasterIncident masters;
    private final MasterWatch watch;
    private final CallList list;
    private final Aftermath aftermath;
    private final IncidentWriter writer;
    private final NoteText texts;
    private final KeyedHash hash;
    private final Lease lease;
    private final OutageConfig config;
    private final RegularLook looks = new RegularLook("noted calls", this::tick);
    /** Outages whose last attempt failed, and when the next one is due; only spares ServiceNow. */
    private final Map<String, Long> pauses = new ConcurrentHashMap<>();

    NotedCalls(
            Ledger ledger,
            MasterIncident masters,
            MasterWatch watch,
            CallList list,
            Aftermath aftermath,
            IncidentWriter writer,
            NoteText texts,
            KeyedHash hash,
            Lease lease,
            OutageConfig config) {
        this.ledger = ledger;
        this.masters = masters;
        this.watch = watch;
        this.list = list;
        this.aftermath = aftermath;
        this.writer = writer;
        this.texts = texts;
        this.hash = hash;
        this.lease = lease;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.operation() != OutageConfig.Operation.OFF) {
            looks.start(config.notes().tick());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        looks.stop();
    }

    /** Writes what is due of every outage; one outage's failure does not hold up another. */
    Uni<Void> tick() {
        return ledger.work().flatMap(outages -> {
            List<Uni<Void>> work = outages.stream()
                    .filter(this::isDue)
                    .map(outage -> holding(outage).onFailure().recoverWithUni(failure -> failed(outage, failure)))
                    .toList();
            return work.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : Uni.join().all(work).andFailFast().replaceWithVoid();
        });
    }

    private boolean isDue(String outage) {
        Long until = pauses.get(outage);
        return until == null || System.nanoTime() - until >= 0;
    }

    private Uni<Void> failed(String outage, Throwable failure) {
        LOG.warnf("noted calls not written yet incidentKey=%s reason=%s", outage, failure);
        boolean mayPass = !(failure instanceof ConnectorException known) || mayPass(known.reason());
        long pauses = mayPass ? 1 : PAUSES_OF_A_REFUSAL;
        this.pauses.put(
                outage, System.nanoTime() + pauses * config.notes().every().toNanos());
        return Uni.createFrom().voidItem();
    }

    /** What only a person can mend, for example by naming another master, is tried less often. */
    private static boolean mayPass(FailureReason reason) {
        return switch (reason) {
            case UNREACHABLE, UNKNOWN_OUTCOME, VENDOR_FAULT, RATE_LIMITED, BREAKER_OPEN, CONFLICT -> true;
            case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, REJECTED -> false;
        };
    }

    private Uni<Void> holding(String outage) {
        return lease.holding(
                "ib:{outage}:lease:" + outage,
                LEASE,
                () -> ledger.read(outage).flatMap(this::advance),
                () -> Uni.createFrom().voidItem(),
                failure -> false);
    }

    private Uni<Void> advance(OutageRecord outage) {
        // Without a topic it is so long ago that its record has expired.
        if (outage.noted() == 0 && outage.isOver() && !outage.master().known()
                || outage.topic().isEmpty()) {
            return ledger.finished(outage.id());
        }
        if (outage.noted() == 0 && config.operation() == OutageConfig.Operation.DRY_RUN) {
            return Uni.createFrom().voidItem();
        }
        return masters.of(outage)
                .call(master -> watch.look(outage, master))
                .flatMap(master -> ledger.next(outage.id()).flatMap(batch -> write(outage, master, batch)))
                .invoke(done -> pauses.remove(outage.id()));
    }

    private Uni<Void> write(OutageRecord outage, Master master, Batch batch) {
        return switch (batch.kind()) {
            case NOTHING ->
                outage.ended()
                        ? aftermath.advance(outage, master)
                        : Uni.createFrom().voidItem();
            case BATCH ->
                send(master, outage, Long.toString(batch.number()), total(batch), texts.batch(outage, batch))
                        .flatMap(written -> ledger.done(outage.id(), batch, false));
            case END ->
                list.attach(outage, master)
                        .flatMap(attached ->
                                send(master, outage, "end-" + batch.total(), total(batch), texts.end(outage)))
                        .flatMap(written -> ledger.done(outage.id(), batch, aftermath.isWanted()));
        };
    }

    private Uni<Void> send(Master master, OutageRecord outage, String what, Map<String, String> fields, String note) {
        String marker = hash.hash("outage-note", outage.id()).substring(0, 16) + "-" + what;
        return writer.update(
                        new IncidentUpdate(master.sysId(), fields, note, marker),
                        BudgetRequest.within(Lane.TICKET, ROOM))
                .replaceWithVoid();
    }

    private Map<String, String> total(Batch batch) {
        return config.master()
                .totalField()
                .map(field -> Map.of(field, Long.toString(batch.total())))
                .orElse(Map.of());
    }
}
