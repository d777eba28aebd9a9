package io.incidentbridge.caller;

import io.incidentbridge.outbox.NewOutboxItem;
import io.incidentbridge.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Keeps enrolments that could not be done now, so that the next call is recognised although nobody asks again. */
@ApplicationScoped
class DeferredEnrolments {

    private static final Logger LOG = Logger.getLogger(DeferredEnrolments.class);

    private final Outbox outbox;
    private final CallerConfig config;

    DeferredEnrolments(Outbox outbox, CallerConfig config) {
        this.outbox = outbox;
        this.config = config;
    }

    /** Nothing was promised to the caller, so a failure here only means that the caller is asked again. */
    Uni<Void> keep(EnrolRequest request, String actor) {
        if (!config.retryEnrolments()) {
            return Uni.createFrom().voidItem();
        }
        String body = write(request, actor);
        return outbox.add(new NewOutboxItem(EnrolmentWork.KIND, request.ani(), body, body))
                .onFailure()
                .invoke(failure -> LOG.debug("deferred enrolment not kept", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static String write(EnrolRequest request, String actor) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("employeeId", request.employeeId());
        fields.put("sysId", request.sysId());
        fields.put("ani", request.ani());
        fields.put("conversationId", request.conversationId());
        fields.put("actor", actor);
        return new JsonObject(fields).encode();
    }
}
