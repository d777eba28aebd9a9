package io.incidentbridge.console;

import io.incidentbridge.audit.AuditEntry;
import io.incidentbridge.audit.AuditFilter;
import io.incidentbridge.audit.AuditReader;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What the audit trail has of a group's emergencies, the newest first. */
@ApplicationScoped
class TimelinePanel implements Panel {

    private static final int NEWEST = 25;

    private final AuditReader audit;

    TimelinePanel(AuditReader audit) {
        this.audit = audit;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance timeline(List<AuditEntry> timeline);
    }

    @Override
    public String name() {
        return "timeline";
    }

    /** Of a long trail much may have to be read to find a few entries. */
    @Override
    public Duration atMostEvery() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Uni<TemplateInstance> look(String group) {
        String record = "emergency/" + group;
        return audit.page(AuditFilter.ofRecord(record + "*"), null, NEWEST)
                .map(page -> Templates.timeline(page.entries().stream()
                        // A group's name may begin with another's.
                        .filter(entry ->
                                entry.record().equals(record) || entry.record().startsWith(record + "/"))
                        .toList()));
    }
}
