package io.incidentbridge.console;

import io.incidentbridge.audit.AuditExport;
import io.incidentbridge.audit.AuditFilter;
import io.incidentbridge.audit.AuditReader;
import io.incidentbridge.audit.AuditVerifier;
import io.incidentbridge.audit.ChainReport;
import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestMulti;

/** Who did what: filtered, page by page, exported, and the chain verified. */
@Path(ConsoleEdge.ROOT + "/audit")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Rights.OPERATOR)
public class AuditPage {

    private static final int A_PAGE = 50;
    private static final String[] FIELDS = {"from", "to", "actor", "action", "record", "conversationId"};

    private final AuditReader reader;
    private final AuditExport export;
    private final AuditVerifier verifier;
    private final SecurityIdentity identity;

    AuditPage(AuditReader reader, AuditExport export, AuditVerifier verifier, SecurityIdentity identity) {
        this.reader = reader;
        this.export = export;
        this.verifier = verifier;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {

        /** @param query the filter as the address has it */
        static native TemplateInstance audit(
                PanelSet panels, io.incidentbridge.audit.AuditPage page, Map<String, String> filter, String query);

        static native TemplateInstance chain(ChainReport report);
    }

    /** The newest entries first. */
    @GET
    public Uni<TemplateInstance> list(
            @BeanParam AuditFilter filter,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @Context UriInfo address) {
        Map<String, String> given = new TreeMap<>();
        for (String field : FIELDS) {
            String value = address.getQueryParameters().getFirst(field);
            given.put(field, value == null ? "" : value);
        }
        String query = given.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return reader.page(filter, cursor, A_PAGE)
                .map(page -> Templates.audit(new PanelSet(Map.of()), page, given, query));
    }

    /** Every seal of the whole trail. */
    @GET
    @Path("/verify")
    public Uni<TemplateInstance> verify() {
        return verifier.verify().map(Templates::chain);
    }

    /** All matching entries, one JSON document a line. */
    @GET
    @Path("/export.jsonl")
    @Produces("application/jsonl")
    public RestMulti<String> jsonLines(@BeanParam AuditFilter filter) {
        return export.jsonLines(filter, identity.getPrincipal().getName());
    }

    /** All matching entries for a spreadsheet. */
    @GET
    @Path("/export.csv")
    @Produces("text/csv;charset=UTF-8")
    public RestMulti<String> csv(@BeanParam AuditFilter filter) {
        return export.csv(filter, identity.getPrincipal().getName());
    }
}
