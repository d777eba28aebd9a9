package io.incidentbridge.wrapup;

import io.incidentbridge.conversation.LiveConversations;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FinishedCall;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.outage.OutageBreaker;
import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.phone.PhoneNumbers;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentFields;
import io.incidentbridge.servicenow.IncidentUpdate;
import io.incidentbridge.servicenow.IncidentWriter;
import io.incidentbridge.servicenow.NewIncident;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.incidentbridge.servicenow.WrittenIncident;
import io.incidentbridge.wrapup.WrapUpStore.Ticket;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Makes a conversation's ticket say what its wrap-up says, however often it is tried: the ticket has a key of the
 * bridge's choice, a note on an existing one has a marker, and what the ticket has already is not written again.
 */
@ApplicationScoped
class WrapUpWork implements OutboxHandler {

    static final String KIND = "wrap-up";

    private static final Logger LOG = Logger.getLogger(WrapUpWork.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** When the log was told last that callers cannot be looked for; shared by all calls of this replica. */
    private static final AtomicLong TOLD = new AtomicLong(System.nanoTime() - PAUSE.toNanos());

    private static final String CREATED = "CREATED";
    private static final String UPDATED = "UPDATED";

    /** Longest wait for room in ServiceNow's budget, all requests of one attempt together. */
    private static final Duration ROOM = Duration.ofSeconds(10);

    private final WrapUpStore store;
    private final IncidentWriter incidents;
    private final IncidentFields fields;
    private final ServiceNowConnector users;
    private final PhoneNumbers numbers;
    private final LiveConversations conversations;
    private final KeyedHash hash;
    private final OutageBreaker outage;
    private final WrapUpConfig config;

    WrapUpWork(
            WrapUpStore store,
            IncidentWriter incidents,
            IncidentFields fields,
            ServiceNowConnector users,
            PhoneNumbers numbers,
            LiveConversations conversations,
            KeyedHash hash,
            OutageBreaker outage,
            WrapUpConfig config) {
        this.store = store;
        this.incidents = incidents;
        this.fields = fields;
        this.users = users;
        this.numbers = numbers;
        this.conversations = conversations;
        this.hash = hash;
        this.outage = outage;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        Order order = Order.parse(item);
        Uni<Ticket> known = order.again()
                ? store.ticket(order.wrapUp().conversationId())
                : Uni.createFrom().item(Ticket.NONE);
        return known.flatMap(ticket -> ticket.written() >= order.revision()
                ? Uni.createFrom().item(done(ticket.outcome(), ticket.number(), ticket.url()))
                : write(order, ticket));
    }

    @Override
    public Optional<String> fault(String body) {
        try {
            Order order = Order.parse(body, "", true);
            return order.wrapUp().conversationId().isEmpty()
                    ? Optional.of("fields.conversationId is missing")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Uni<OutboxOutcome> write(Order order, Ticket ticket) {
        if (ticket.exists()) {
            return ticket.own() ? amend(order, ticket.sysId()) : note(order, ticket.sysId());
        }
        String number = order.wrapUp().get("incidentNumber");
        if (number.isEmpty()) {
            return create(order);
        }
        return incidents.byNumber(number, order.room()).flatMap(found -> found.map(
                        incident -> incident.active() ? note(order, incident.sysId()) : closed(order, incident))
                .orElseGet(() -> create(order)));
    }

    /** It takes no more calls; but an earlier try may have noted this one before it was closed. */
    private Uni<OutboxOutcome> closed(Order order, WrittenIncident incident) {
        Uni<Boolean> noted = order.again()
                ? incidents.hasNote(incident.sysId(), order.id(), order.room())
                : Uni.createFrom().item(false);
        return noted.flatMap(there -> there ? written(order, UPDATED, incident, false) : create(order));
    }

    private Uni<OutboxOutcome> create(Order order) {
        String conversation = order.wrapUp().conversationId();
        return caller(order)
                .flatMap(caller -> incidents.createOnce(
                        NewIncident.ofConversation(conversation, fields.create(call(order, caller)), hash),
                        order.again(),
                        order.room()))
                // A later revision may find what an earlier one has created without anybody knowing.
                .flatMap(incident -> order.revision() == 1
                        ? written(order, CREATED, incident, true)
                        : amend(order, incident.sysId()));
    }

    private Uni<OutboxOutcome> amend(Order order, String sysId) {
        return incidents
                .update(new IncidentUpdate(sysId, fields.amend(call(order, "")), "", ""), order.room())
                .flatMap(incident -> written(order, UPDATED, incident, true));
    }

    private Uni<OutboxOutcome> note(Order order, String sysId) {
        String text = fields.note(call(order, ""));
        return incidents
                .update(new IncidentUpdate(sysId, Map.of(), text, order.id()), order.room())
                .flatMap(incident -> written(order, UPDATED, incident, false));
    }

    private Uni<OutboxOutcome> written(Order order, String outcome, WrittenIncident incident, boolean own) {
        return store.written(order.wrapUp(), order.revision(), outcome, incident, own)
                .replaceWith(done(outcome, incident.number(), incident.url()));
    }

    private static OutboxOutcome done(String outcome, String number, String url) {
        return OutboxOutcome.done(new JsonObject()
                .put("outcome", outcome)
                .put("number", number)
                .put("url", url)
                .encode());
    }

    private FinishedCall call(Order order, String callerSysId) {
        WrapUp wrapUp = order.wrapUp();
        return wrapUp.call(callerSysId, outage.inWords(wrapUp.get("wrapUpCode")));
    }

    /** The caller's key; empty for a caller who is not known, or not for certain. */
    private Uni<String> caller(Order order) {
        String sysId = order.wrapUp().get("sysId");
        if (!sysId.isEmpty() || !config.resolveCaller()) {
            return Uni.createFrom().item(sysId);
        }
        String employeeId = order.wrapUp().get("employeeId");
        if (!employeeId.isEmpty()) {
            return onlyOne(users.usersByEmployeeId(employeeId, order.room()));
        }
        return conversations
                .callerOf(order.wrapUp().conversationId())
                .flatMap(noted ->
                        noted.isEmpty() ? byNumber(order) : Uni.createFrom().item(noted));
    }

    private Uni<String> byNumber(Order order) {
        return numbers.toE164(order.wrapUp().get("ani"))
                .map(e164 -> onlyOne(users.usersByPhone(e164, text -> numbers.isSame(e164, text), order.room())))
                .orElseGet(() -> Uni.createFrom().item(""));
    }

    /** A search that ServiceNow turns down must not cost the ticket. */
    private static Uni<String> onlyOne(Uni<List<ServiceDeskUser>> found) {
        return found.map(users -> users.size() == 1 ? users.get(0).sysId() : "")
                .onFailure(WrapUpWork::isRefusal)
                .invoke(failure -> tell((ConnectorException) failure))
                .onFailure(WrapUpWork::isRefusal)
                .recoverWithItem("");
    }

    /** Not for every call: missing rights concern all of them. */
    private static void tell(ConnectorException refusal) {
        long now = System.nanoTime();
        long last = TOLD.get();
        if (now - last > PAUSE.toNanos() && TOLD.compareAndSet(last, now)) {
            LOG.warnf(
                    "tickets without their callers, whom ServiceNow does not let us look for reason=%s",
                    refusal.reason());
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ConnectorException known && isRefusal(known);
    }

    private static boolean isRefusal(ConnectorException failure) {
        return switch (failure.reason()) {
            case FORBIDDEN, NOT_FOUND, REJECTED -> true;
            case UNREACHABLE, UNKNOWN_OUTCOME, VENDOR_FAULT, RATE_LIMITED, BREAKER_OPEN, UNAUTHENTICATED, CONFLICT ->
                false;
        };
    }

    /**
     * What the item asks for.
     *
     * @param id    of the item: the same at every repeat, and no other one's
     * @param again whether an earlier try may have written something
     * @param room  one for all requests of the attempt
     */
    private record Order(String id, int revision, boolean again, WrapUp wrapUp, BudgetRequest room) {

        static Order parse(OutboxItem item) {
            return parse(item.body(), item.id(), item.isFirstTry());
        }

        static Order parse(String body, String id, boolean firstTry) {
            try {
                JsonObject json = new JsonObject(body);
                Map<String, String> given = new TreeMap<>();
                json.getJsonObject("fields").forEach(field -> given.put(field.getKey(), (String) field.getValue()));
                int revision = json.getInteger("revision");
                return new Order(
                        id,
                        revision,
                        revision > 1 || !firstTry,
                        new WrapUp(given),
                        BudgetRequest.within(Lane.TICKET, ROOM));
            } catch (DecodeException | ClassCastException | NullPointerException e) {
                throw new IllegalArgumentException("the body must have a number revision and texts in fields", e);
            }
        }
    }
}
