package io.incidentbridge.console;

import io.incidentbridge.ratelimit.BudgetView;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How much of each vendor's budget is used, lane by lane. */
@ApplicationScoped
class BudgetsPanel implements Panel {

    private final UpstreamBudget upstreams;

    BudgetsPanel(UpstreamBudget upstreams) {
        this.upstreams = upstreams;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance budgets(List<BudgetView> budgets);
    }

    @Override
    public String name() {
        return "budgets";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        return upstreams.views().map(Templates::budgets);
    }
}
