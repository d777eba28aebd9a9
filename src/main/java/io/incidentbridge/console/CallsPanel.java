package io.incidentbridge.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Calls per minute; the table that the chart is drawn from. */
@ApplicationScoped
class CallsPanel implements Panel {

    private final CallCounts counts;

    CallsPanel(CallCounts counts) {
        this.counts = counts;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance calls(List<CallCounts.Minute> calls);
    }

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        return counts.lately().map(Templates::calls);
    }
}
