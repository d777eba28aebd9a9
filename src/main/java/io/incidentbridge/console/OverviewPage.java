package io.incidentbridge.console;

import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How everything stands, at a glance. */
@Path(ConsoleEdge.ROOT)
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Rights.OPERATOR)
public class OverviewPage {

    private final Panels panels;

    OverviewPage(Panels panels) {
        this.panels = panels;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance overview(PanelSet panels);
    }

    /** The page. */
    @GET
    public Uni<TemplateInstance> show() {
        return panels.show("modes", "routing", "budgets", "outbox", "health", "calls")
                .map(Templates::overview);
    }
}
