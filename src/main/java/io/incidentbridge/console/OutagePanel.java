package io.incidentbridge.console;

import io.incidentbridge.outage.LedgerPage;
import io.incidentbridge.outage.OutageControl;
import io.incidentbridge.outage.TopicStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** One topic with the calls that were noted for it, the newest of them listed. */
@ApplicationScoped
class OutagePanel implements Panel {

    private static final int NEWEST = 10;

    private final OutageControl outages;

    OutagePanel(OutageControl outages) {
        this.outages = outages;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {

        /**
         * @param topic  null while it has neither calls nor an outage
         * @param ledger null while there is no outage
         * @param newest noted calls, the newest first
         */
        static native TemplateInstance outagePanel(
                TopicStatus topic, LedgerPage ledger, List<LedgerPage.LedgerEntry> newest);
    }

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public Uni<TemplateInstance> look(String topic) {
        return outages.topic(topic).flatMap(this::show);
    }

    private Uni<TemplateInstance> show(Optional<TopicStatus> found) {
        String outageId = found.map(TopicStatus::outageId).orElse("");
        if (outageId.isEmpty()) {
            return Uni.createFrom().item(Templates.outagePanel(found.orElse(null), null, List.of()));
        }
        return outages.newest(outageId, NEWEST)
                .map(ledger -> Templates.outagePanel(found.get(), ledger, ledger.calls()));
    }
}
