package io.incidentbridge.console;

import io.incidentbridge.emergency.EmergencyOperations;
import io.incidentbridge.emergency.OpsAnswers.GroupState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** One group: what is desired beside what every target has, its queues, and the override. */
@ApplicationScoped
class EmergencyPanel implements Panel {

    private final EmergencyOperations emergencies;

    EmergencyPanel(EmergencyOperations emergencies) {
        this.emergencies = emergencies;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance emergencyPanel(GroupState group);
    }

    @Override
    public String name() {
        return "emergency";
    }

    @Override
    public Uni<TemplateInstance> look(String group) {
        return emergencies.group(group).map(Templates::emergencyPanel);
    }
}
