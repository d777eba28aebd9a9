package io.incidentbridge.console;

import io.incidentbridge.outbox.KindView;
import io.incidentbridge.outbox.OutboxGauges;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Accepted work that waits, and what waits for an operator. */
@ApplicationScoped
class OutboxPanel implements Panel {

    private final OutboxGauges gauges;

    OutboxPanel(OutboxGauges gauges) {
        this.gauges = gauges;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance outbox(List<KindView> outbox);
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        return gauges.kinds().map(Templates::outbox);
    }
}
