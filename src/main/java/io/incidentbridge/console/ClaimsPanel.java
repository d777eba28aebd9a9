package io.incidentbridge.console;

import io.incidentbridge.emergency.EmergencyOperations;
import io.incidentbridge.emergency.EmergencyStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The incidents that hold a group's emergency, and those that did. */
@ApplicationScoped
class ClaimsPanel implements Panel {

    private static final int NEWEST = 20;

    private final EmergencyOperations emergencies;

    ClaimsPanel(EmergencyOperations emergencies) {
        this.emergencies = emergencies;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance claims(List<EmergencyStatus> claims);
    }

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public Uni<TemplateInstance> look(String group) {
        return emergencies.claims(group, NEWEST).map(Templates::claims);
    }
}
