package io.incidentbridge.report;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.PhoneIncidents;
import io.incidentbridge.wrapup.WrapUpTickets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** Gives a phone incident the id of the conversation whose wrap-up was written to it. */
@ApplicationScoped
public class IntegrityRepair {

    private static final Logger LOG = Logger.getLogger(IntegrityRepair.class);
    private static final Duration ROOM = Duration.ofSeconds(5);

    private final WrapUpTickets tickets;
    private final PhoneIncidents incidents;
    private final AuditTrail trail;

    IntegrityRepair(WrapUpTickets tickets, PhoneIncidents incidents, AuditTrail trail) {
        this.tickets = tickets;
        this.incidents = incidents;
        this.trail = trail;
    }

    /** What became of it. */
    public enum Status {
        REPAIRED,
        /** It has a conversation's id already. */
        ALREADY,
        /** The bridge has written no conversation's wrap-up to it, or has forgotten it. */
        UNKNOWN_CONVERSATION,
        /** ServiceNow has no such phone incident, or hides it. */
        NOT_FOUND
    }

    /** The outcome. */
    public record Repair(Status status, @Schema(description = "Empty unless REPAIRED") String conversationId) {}

    /**
     * Looks for the conversation, and writes its id where the incident has none.
     *
     * @param sysId 32 lower-case hex characters
     * @param actor the operator, for the audit trail
     */
    public Uni<Repair> repair(String sysId, String actor) {
        return tickets.conversations(List.of(sysId))
                .flatMap(known -> known.containsKey(sysId)
                        ? repair(sysId, known.get(sysId), actor)
                        : Uni.createFrom().item(new Repair(Status.UNKNOWN_CONVERSATION, "")));
    }

    private Uni<Repair> repair(String sysId, String conversationId, String actor) {
        return incidents
                .link(sysId, conversationId, BudgetRequest.within(Lane.BACKGROUND, ROOM))
                .flatMap(linking -> switch (linking) {
                    case LINKED ->
                        trace(sysId, conversationId, actor).replaceWith(new Repair(Status.REPAIRED, conversationId));
                    case HAS_ONE -> Uni.createFrom().item(new Repair(Status.ALREADY, ""));
                    case NOT_FOUND -> Uni.createFrom().item(new Repair(Status.NOT_FOUND, ""));
                });
    }

    /** The repair stands, whatever becomes of its trace. */
    private Uni<Void> trace(String sysId, String conversationId, String actor) {
        return trail.append(new AuditTrail.Entry(
                        actor,
                        "integrity.repaired",
                        "incident/" + sysId,
                        Map.of("correlation_id", ""),
                        Map.of("correlation_id", conversationId),
                        conversationId))
                .onFailure()
                .invoke(failure -> LOG.warnf("repair not in the audit trail yet reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
