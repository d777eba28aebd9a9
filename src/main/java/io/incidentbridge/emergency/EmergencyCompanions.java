package io.incidentbridge.emergency;

import io.incidentbridge.metrics.EmergencyMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What else happens while an emergency is desired; none of it may hold up the switching, and all of it may fail. */
@ApplicationScoped
class EmergencyCompanions {

    private static final Logger LOG = Logger.getLogger(EmergencyCompanions.class);

    private final QueueWatch queues;
    private final CacheBuster buster;
    private final SourceReview sources;
    private final EmergencyMetrics metrics;

    EmergencyCompanions(QueueWatch queues, CacheBuster buster, SourceReview sources, EmergencyMetrics metrics) {
        this.queues = queues;
        this.buster = buster;
        this.sources = sources;
        this.metrics = metrics;
    }

    /** Called at every look of every replica; each work picks one replica for itself. */
    void accompany(String group, Snapshot snapshot, DesiredRouting desired) {
        if (desired.routing().active()) {
            begin("observe", group, queues.observe(group, snapshot, desired));
            begin("bust", group, buster.bust(group, snapshot));
            begin("source", group, sources.review(group, snapshot));
        }
    }

    private void begin(String work, String group, Uni<Boolean> one) {
        one.subscribe()
                .with(
                        done -> {
                            if (done) {
                                metrics.sideWork(work, "done");
                            }
                        },
                        failure -> {
                            metrics.sideWork(work, "failed");
                            LOG.infof("work=%s not done group=%s reason=%s", work, group, failure);
                        });
    }
}
