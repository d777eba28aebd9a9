package io.incidentbridge.emergency;

import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.metrics.EmergencyMetrics;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks the sources, soon after an emergency began and then every few minutes, whether its incidents are still open: a
 * webhook that was never sent must not keep an emergency on. An incident that its source calls over, and still does a little later, is ended.
 */
@ApplicationScoped
class SourceReview {

    private static final Logger LOG = Logger.getLogger(SourceReview.class);
    private static final String API = "api";

    private final EmergencyStore store;
    private final Claims claims;
    private final Map<String, IncidentSource> sources;
    private final EmergencyConfig config;
    private final EmergencyMetrics metrics;

    SourceReview(
            EmergencyStore store,
            Claims claims,
            @All List<IncidentSource> sources,
            EmergencyConfig config,
            EmergencyMetrics metrics) {
        this.store = store;
        this.claims = claims;
        this.sources = sources.stream().collect(Collectors.toMap(IncidentSource::name, Function.identity()));
        this.config = config;
        this.metrics = metrics;
    }

    /** Whether it was this replica's turn for one of them. */
    Uni<Boolean> review(String group, Snapshot snapshot) {
        List<Claim> due = snapshot.claims().stream()
                .filter(claim -> source(claim) != null)
                // What was opened a moment ago was told by its source a moment ago.
                .filter(claim -> claim.accepted().plus(config.askSourcesFirst()).isBefore(snapshot.now()))
                .toList();
        if (due.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(claim -> turn(group, snapshot, claim))
                .collect()
                .asList()
                .map(turns -> turns.contains(true));
    }

    /** One read of an incident in an interval, whichever replica does it. */
    private Uni<Boolean> turn(String group, Snapshot snapshot, Claim claim) {
        return store.trySlot(group, "source:" + claim.id(), config.askSources())
                .flatMap(ours -> ours
                        ? review(snapshot, claim).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private IncidentSource source(Claim claim) {
        String name = claim.source().equals(API) ? config.apiSource().orElse("") : claim.source();
        return sources.get(name);
    }

    /** Never fails: one source that does not answer says nothing about the others' incidents. */
    private Uni<Void> review(Snapshot snapshot, Claim claim) {
        return isOver(claim)
                .flatMap(over -> over
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(config.sourceDivergence())
                                .flatMap(later -> isOver(claim))
                        : Uni.createFrom().item(false))
                .flatMap(over -> over ? end(snapshot, claim) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.infof("source not asked incidentKey=%s reason=%s", claim.id(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> isOver(Claim claim) {
        return source(claim)
                .status(claim.id())
                .invoke(status -> {
                    if (status == IncidentSource.Status.UNKNOWN) {
                        LOG.infof("source does not tell how an incident stands incidentKey=%s", claim.id());
                    }
                })
                .map(status -> status == IncidentSource.Status.RESOLVED);
    }

    private Uni<Void> end(Snapshot snapshot, Claim claim) {
        String actor = "source:" + source(claim).name();
        metrics.sideWork("source", "diverged");
        LOG.errorf(
                "an incident is over at its source, but nobody told the bridge: ended incidentKey=%s source=%s",
                claim.id(), source(claim).name());
        return claims.record(ClaimEvent.about(
                        ClaimEvent.Kind.RESOLVE, claim.id(), claim.group(), snapshot.now(), Duration.ZERO, actor))
                .replaceWithVoid();
    }
}
