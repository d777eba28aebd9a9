package io.incidentbridge.outage;

import io.incidentbridge.genesys.DataTableRow;
import io.incidentbridge.genesys.GenesysConnector;
import io.incidentbridge.metrics.OutageMetrics;
import io.incidentbridge.outage.MirrorMemory.Written;
import io.incidentbridge.outage.OutageConfig.Operation;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.redis.Lease;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keeps a row per topic in a data table of Genesys, which flows read without calling the bridge. Level-triggered: what is
 * written is how the topic stands, when that has changed and again every minute, whatever somebody made of the row. One
 * replica at a time writes; a row that was not written is written at the next look.
 */
@ApplicationScoped
class SystemHealthMirror {

    private static final Logger LOG = Logger.getLogger(SystemHealthMirror.class);
    private static final String LEASE_KEY = "ib:{outage}:mirror";
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** A topic that was NORMAL at so many rewritings in a row is not written any more. */
    private static final int STEADY = 10;

    private static final Duration ROOM = Duration.ofSeconds(2);

    private final OutageStates states;
    private final OutageBreaker breaker;
    private final MirrorMemory memory;
    private final GenesysConnector genesys;
    private final Lease lease;
    private final OutageConfig config;
    private final OutageMetrics metrics;
    private final Clock clock;
    private final long every;
    private final RegularLook looks = new RegularLook("the mirror of topics", this::tick);

    SystemHealthMirror(
            OutageStates states,
            OutageBreaker breaker,
            MirrorMemory memory,
            GenesysConnector genesys,
            Lease lease,
            OutageConfig config,
            OutageMetrics metrics,
            Clock clock) {
        this.states = states;
        this.breaker = breaker;
        this.memory = memory;
        this.genesys = genesys;
        this.lease = lease;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.every = config.mirror().every().toMillis();
    }

    void start(@Observes StartupEvent started) {
        if (config.operation() != Operation.OFF && config.mirror().tableId().isPresent()) {
            looks.start(config.mirror().tick());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        looks.stop();
    }

    Uni<Void> tick() {
        return lease.holding(
                LEASE_KEY, LEASE, this::mirror, () -> Uni.createFrom().voidItem(), failure -> false);
    }

    private Uni<Void> mirror() {
        return Uni.combine()
                .all()
                .unis(states.look(), memory.read())
                .asTuple()
                .flatMap(seen -> putAll(OutageCopy.NOTHING.renewed(seen.getItem1(), 0), seen.getItem2()));
    }

    private Uni<Void> putAll(OutageCopy known, Map<String, Written> written) {
        List<Uni<Void>> writes = topics(known, written)
                .map(topic -> refresh(breaker.own(known, topic), written.get(topic)))
                .toList();
        return Uni.join().all(writes).andFailFast().replaceWithVoid();
    }

    /** Topics in an outage, or lately so; of any other topic a flow finds no row, and that means NORMAL. */
    private static Stream<String> topics(OutageCopy known, Map<String, Written> written) {
        Stream<String> now = known.states().values().stream()
                .filter(state -> state.lasts() || state.isGlobal())
                .map(OutageState::topic);
        return Stream.concat(now, written.keySet().stream()).distinct();
    }

    private Uni<Void> refresh(OutageView view, Written before) {
        DataTableRow row = row(view);
        int content = row.columns().hashCode();
        long now = clock.millis();
        if (before == null || before.content() != content || now - before.at() >= every) {
            return put(row, content, before);
        }
        boolean settled = view.mode() == OutageView.Mode.NORMAL && now - before.since() > STEADY * every;
        return settled && !view.topic().equals(Topics.GLOBAL)
                ? memory.forget(view.topic())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> put(DataTableRow row, int content, Written before) {
        return genesys.putDataTableRow(
                        config.mirror().tableId().orElseThrow(), row, BudgetRequest.within(Lane.LOOKUP, ROOM))
                .invoke(done -> metrics.mirror("ok"))
                .flatMap(done -> memory.wrote(row.key(), content, before))
                .onFailure()
                .invoke(failure -> {
                    metrics.mirror("failed");
                    LOG.warnf("topic not mirrored topic=%s reason=%s", row.key(), failure);
                })
                .onFailure()
                .recoverWithNull();
    }

    private DataTableRow row(OutageView view) {
        OutageConfig.Columns names = config.mirror().columns();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(names.mode(), view.mode().name());
        columns.put(names.masterNumber(), view.masterNumber());
        columns.put(names.announcement(), view.announcement());
        columns.put(names.since(), view.since());
        return new DataTableRow(view.topic(), columns);
    }
}
