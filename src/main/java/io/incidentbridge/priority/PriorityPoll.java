package io.incidentbridge.priority;

import io.incidentbridge.itsm.CallerIncident;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.IncidentReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Finds changes that ServiceNow has not told: a rule that was bypassed ({@code setWorkflow(false)}, bulk operations), a
 * delivery that was given up. One read for the incidents that were changed last, by one replica at a time; only one of which
 * the bridge does not know this revision is followed, just as its event would be, or one that was known before its caller's
 * calls could be brought in line.
 */
@ApplicationScoped
class PriorityPoll {

    private static final Logger LOG = Logger.getLogger(PriorityPoll.class);
    private static final int NEWEST = 200;
    private static final int AT_ONCE = 4;
    private static final Duration ROOM = Duration.ofSeconds(5);

    private final PriorityConfig config;
    private final FollowedIncidents followed;
    private final IncidentReader incidents;
    private final PriorityEscalation escalation;
    private Cancellable ticks = () -> {};

    PriorityPoll(
            PriorityConfig config,
            FollowedIncidents followed,
            IncidentReader incidents,
            PriorityEscalation escalation) {
        this.config = config;
        this.followed = followed;
        this.incidents = incidents;
        this.escalation = escalation;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled() && !config.poll().isZero()) {
            ticks = Multi.createFrom()
                    .ticks()
                    .startingAfter(config.poll())
                    .every(config.poll())
                    .onOverflow()
                    .drop()
                    .onItem()
                    .transformToUniAndConcatenate(tick -> lookInTurn())
                    .subscribe()
                    .with(done -> {});
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        ticks.cancel();
    }

    /** A failure costs this look only. */
    private Uni<Void> lookInTurn() {
        return followed.tryTurn(config.poll().multipliedBy(9).dividedBy(10))
                .flatMap(ours -> ours ? look() : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.infof("changed incidents not looked for reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> look() {
        return incidents
                .changedLast(NEWEST, BudgetRequest.within(Lane.BACKGROUND, ROOM))
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .onItem()
                .transformToUni(this::found)
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni();
    }

    /** One that fails is found again by the next look. */
    private Uni<Void> found(CallerIncident incident) {
        return escalation
                .found(incident)
                .onFailure()
                .invoke(failure ->
                        LOG.infof("change not followed incidentKey=%s reason=%s", incident.number(), failure))
                .onFailure()
                .recoverWithNull();
    }
}
