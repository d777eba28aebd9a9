package io.incidentbridge.console;

import io.incidentbridge.outage.OutageControl;
import io.incidentbridge.outage.Transition;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What changed lately in a topic's state, or in all topics'. */
@ApplicationScoped
class TransitionsPanel implements Panel {

    private static final int NEWEST = 15;

    private final OutageControl outages;

    TransitionsPanel(OutageControl outages) {
        this.outages = outages;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance transitions(List<Transition> transitions);
    }

    @Override
    public String name() {
        return "transitions";
    }

    @Override
    public Uni<TemplateInstance> look(String topic) {
        return outages.history(topic)
                .map(all -> Templates.transitions(all.stream().limit(NEWEST).toList()));
    }
}
