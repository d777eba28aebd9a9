package io.incidentbridge.emergency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.incidentbridge.emergency.target.Change;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A Genesys of one setting, with the ways in which a change can go wrong. */
final class FakeTarget implements RoutingTarget {

    enum Fault {
        NONE,
        /** 401 in mid-transition, after the token was found good and after a fresh one, nothing done. */
        UNAUTHENTICATED,
        /** 403, nothing done. */
        FORBIDDEN,
        /** 400, nothing done. */
        REJECTED,
        /** 409, nothing done. */
        CONFLICT,
        /** 429, nothing done. */
        RATE_LIMITED,
        /** 500, nothing done. */
        FAULTY,
        /** No answer in time, nothing done. */
        HANGING,
        /** Done, but the reply is lost. */
        REPLY_LOST,
        /** Accepted, nothing done yet: PENDING until it is released. */
        PENDING,
        /** Accepted and forgotten. */
        IGNORED,
        /** Reading fails. */
        UNREADABLE
    }

    private final String name;
    private Routing routing = Routing.INACTIVE;
    private Routing pending;
    private int version = 1;
    private Fault fault = Fault.NONE;
    private String lastReason = "";
    private final List<Routing> sent = new ArrayList<>();
    private final Set<String> history = new HashSet<>();
    private Runnable beforeApply = () -> {};

    FakeTarget(String name) {
        this.name = name;
        remember();
    }

    /** Every state it was ever in: {@code ACTIVE <queues> <version>}. */
    synchronized Set<String> history() {
        return Set.copyOf(history);
    }

    private void remember() {
        history.add(
                (routing.active() ? "ACTIVE " : "INACTIVE ") + String.join(",", routing.queueIds()) + " " + version);
    }

    synchronized void fault(Fault now) {
        fault = now;
        if (now == Fault.NONE && pending != null) {
            routing = pending;
            pending = null;
            version++;
            remember();
        }
    }

    /** Done once, between the lease's check and the vendor. */
    void beforeApply(Runnable work) {
        beforeApply = work;
    }

    /** Another administrator. */
    synchronized void setByHand(Routing to) {
        routing = to;
        version++;
        remember();
    }

    synchronized Routing routing() {
        return routing;
    }

    synchronized List<Routing> sent() {
        return List.copyOf(sent);
    }

    synchronized String lastReason() {
        return lastReason;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Uni<Observed> read() {
        return Uni.createFrom().item(this::observed);
    }

    private synchronized Observed observed() {
        if (fault == Fault.UNREADABLE) {
            throw failure(FailureReason.UNREACHABLE);
        }
        String lastUpdated = Integer.toString(version);
        if (pending != null) {
            return new Observed(
                    Observed.State.PENDING, Routing.INACTIVE, lastUpdated, JsonNodeFactory.instance.objectNode());
        }
        Observed.State state = routing.active() ? Observed.State.ACTIVE : Observed.State.INACTIVE;
        return new Observed(state, routing, lastUpdated, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public Routing able(Routing wanted) {
        return wanted;
    }

    @Override
    public Change change(Routing wanted, String reason, Observed preflight) {
        return new Change(
                "POST",
                "/fake",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("active", wanted.active())
                        .put("queues", String.join(",", wanted.queueIds()))
                        .put("priority", wanted.priority())
                        .put("reason", reason));
    }

    @Override
    public Uni<Void> apply(Change change) {
        Runnable work = beforeApply;
        beforeApply = () -> {};
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(work)
                .invoke(() -> arrive(change));
    }

    private synchronized void arrive(Change change) {
        String queues = change.body().path("queues").asText();
        Routing wanted = new Routing(
                change.body().path("active").asBoolean(),
                queues.isEmpty() ? List.of() : List.of(queues.split(",")),
                change.body().path("priority").asInt());
        sent.add(wanted);
        switch (fault) {
            case NONE, UNREADABLE -> set(wanted, change);
            case UNAUTHENTICATED -> throw failure(FailureReason.UNAUTHENTICATED);
            case RATE_LIMITED -> throw failure(FailureReason.RATE_LIMITED);
            case HANGING -> throw failure(FailureReason.UNKNOWN_OUTCOME);
            case FORBIDDEN -> throw failure(FailureReason.FORBIDDEN);
            case REJECTED -> throw failure(FailureReason.REJECTED);
            case CONFLICT -> throw failure(FailureReason.CONFLICT);
            case FAULTY -> throw failure(FailureReason.VENDOR_FAULT);
            case REPLY_LOST -> {
                set(wanted, change);
                throw failure(FailureReason.UNKNOWN_OUTCOME);
            }
            case PENDING -> pending = wanted;
            case IGNORED -> {
                // Nothing.
            }
        }
    }

    private void set(Routing wanted, Change change) {
        routing = wanted;
        lastReason = change.body().path("reason").asText();
        version++;
        remember();
    }

    private static ConnectorException failure(FailureReason reason) {
        return ConnectorException.of("genesys-emergency", reason, "as the test wants", null);
    }
}
