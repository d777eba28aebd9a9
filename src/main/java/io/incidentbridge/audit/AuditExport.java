package io.incidentbridge.audit;

import io.incidentbridge.audit.AuditTrail.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.resteasy.reactive.RestMulti;

/** The trail as a file; that somebody took it is audited, too. */
@ApplicationScoped
public class AuditExport {

    private final AuditReader reader;
    private final AuditTrail trail;

    AuditExport(AuditReader reader, AuditTrail trail) {
        this.reader = reader;
        this.trail = trail;
    }

    /** All matching entries, the oldest first, one JSON document a line. */
    public RestMulti<String> jsonLines(AuditFilter filter, String actor) {
        return attachment("jsonl", reader.jsonLines(filter), actor);
    }

    /** The same as RFC 4180 with a header. */
    public RestMulti<String> csv(AuditFilter filter, String actor) {
        return attachment("csv", reader.csv(filter), actor);
    }

    private RestMulti<String> attachment(String format, Multi<String> lines, String actor) {
        Multi<String> audited =
                exported(format, actor).toMulti().onItem().transformToMultiAndConcatenate(done -> lines);
        // Ends each item with a line feed.
        return RestMulti.fromMultiData(audited)
                .encodeAsJsonArray(false)
                .header("Content-Disposition", "attachment; filename=\"audit." + format + "\"")
                .build();
    }

    private Uni<String> exported(String format, String actor) {
        return trail.append(new Entry(actor, "audit.exported", "audit/trail", Map.of(), Map.of("format", format), ""))
                .replaceWith(format);
    }
}
