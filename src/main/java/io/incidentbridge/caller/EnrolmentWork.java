package io.incidentbridge.caller;

import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Tries deferred enrolments again. What it may not do, it finds out anew each time: numbers find owners meanwhile. */
@ApplicationScoped
class EnrolmentWork implements OutboxHandler {

    static final String KIND = "enrolment";

    /** Leases of a write of unknown outcome run out by themselves. */
    private static final Duration BUSY = Duration.ofSeconds(30);

    private final PhoneEnrolment enrolments;

    EnrolmentWork(PhoneEnrolment enrolments) {
        this.enrolments = enrolments;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        JsonObject body = new JsonObject(item.body());
        EnrolRequest request = new EnrolRequest(
                body.getString("employeeId"),
                body.getString("sysId"),
                body.getString("ani"),
                body.getString("conversationId"));
        return enrolments.attempt(request, body.getString("actor")).map(EnrolmentWork::judge);
    }

    /** A refusal is the end of it, not a fault for an operator. */
    private static OutboxOutcome judge(Enrolment enrolment) {
        return switch (enrolment.status()) {
            case ENROLLED, ALREADY, REFUSED, NOT_FOUND ->
                OutboxOutcome.done(new JsonObject()
                        .put("status", enrolment.status().name())
                        .put("reason", enrolment.reason().name())
                        .encode());
            case DEFERRED ->
                enrolment.reason() == Enrolment.Reason.SERVICE_DESK_UNAVAILABLE
                        ? OutboxOutcome.retry("ServiceNow did not answer")
                        : OutboxOutcome.wait(enrolment.reason().name(), BUSY);
        };
    }
}
