package io.incidentbridge.console;

import io.incidentbridge.outage.OutageControl;
import io.incidentbridge.outage.TopicStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Catastrophe mode of every topic that has one, is held, or has had calls lately. */
@ApplicationScoped
class ModesPanel implements Panel {

    private final OutageControl outages;

    ModesPanel(OutageControl outages) {
        this.outages = outages;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance modes(List<TopicStatus> modes);
    }

    @Override
    public String name() {
        return "modes";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        return outages.topics().map(Templates::modes);
    }
}
