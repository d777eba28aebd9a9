package io.incidentbridge.console;

import io.incidentbridge.emergency.EmergencyOperations;
import io.incidentbridge.emergency.OpsAnswers.GroupState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Emergency routing of every group, desired beside observed. */
@ApplicationScoped
class RoutingPanel implements Panel {

    private final EmergencyOperations emergencies;

    RoutingPanel(EmergencyOperations emergencies) {
        this.emergencies = emergencies;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance routing(List<GroupState> routing);
    }

    @Override
    public String name() {
        return "routing";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        return Uni.join()
                .all(emergencies.groups().stream().map(emergencies::group).toList())
                .andFailFast()
                .map(Templates::routing);
    }
}
