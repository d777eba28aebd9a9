package io.incidentbridge.caller;

import io.incidentbridge.conversation.LiveConversations;
import io.incidentbridge.conversation.SuggestedPriority;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.metrics.CallerMetrics;
import io.incidentbridge.outage.OutageBreaker;
import io.incidentbridge.outage.OutageView;
import io.incidentbridge.phone.PhoneNumbers;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.incidentbridge.tally.LookupOutcome;
import io.incidentbridge.tally.Tally;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Who is calling, and with which open incidents: by number, or by the employee id that the caller typed. Always a
 * complete answer within the deadline, whatever ServiceNow or Redis do.
 */
@ApplicationScoped
class CallerLookup {

    private static final Logger LOG = Logger.getLogger(CallerLookup.class);

    /** For Redis, when the lookup itself has taken all the time there was. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final CallerCache cache;
    private final ServiceNowConnector serviceNow;
    private final PhoneNumbers numbers;
    private final LiveConversations conversations;
    private final SuggestedPriority suggested;
    private final KeyedHash hash;
    private final OutageBreaker outages;
    private final AgentPages pages;
    private final CallerConfig config;
    private final CallerMetrics metrics;
    private final Tally tally;

    CallerLookup(
            CallerCache cache,
            ServiceNowConnector serviceNow,
            PhoneNumbers numbers,
            LiveConversations conversations,
            SuggestedPriority suggested,
            KeyedHash hash,
            OutageBreaker outages,
            AgentPages pages,
            CallerConfig config,
            CallerMetrics metrics,
            Tally tally) {
        this.cache = cache;
        this.serviceNow = serviceNow;
        this.numbers = numbers;
        this.conversations = conversations;
        this.suggested = suggested;
        this.hash = hash;
        this.outages = outages;
        this.pages = pages;
        this.config = config;
        this.metrics = metrics;
        this.tally = tally;
    }

    Uni<ScreenPop> lookup(LookupRequest request) {
        long start = System.nanoTime();
        Uni<ScreenPop> pop = request.byEmployeeId() ? byEmployeeId(request.employeeId()) : byNumber(request.ani());
        Uni<ScreenPop> complete = pop.flatMap(found -> completed(found, request, start));
        Uni<OutageView> view = outages.view(request.topic());
        return Uni.combine()
                .all()
                .unis(complete, view)
                .with(ScreenPop::during)
                .invoke(found -> noteCaller(found, request))
                .invoke(found -> metrics.lookup(
                        found.status().name(),
                        found.matchedBy(),
                        found.stale(),
                        Duration.ofNanos(System.nanoTime() - start)))
                .invoke(found -> tally.lookup(
                        request.conversationId(),
                        LookupOutcome.valueOf(found.status().name())));
    }

    private Uni<ScreenPop> byNumber(String ani) {
        Optional<String> e164 = numbers.toE164(ani);
        if (e164.isEmpty()) {
            return Uni.createFrom().item(ScreenPop.of(CallerSnapshot.NOT_FOUND, "", false));
        }
        String number = e164.get();
        CallerCache.Flight flight = cache.get(
                numberHash(number),
                asked -> load(asked, serviceNow.usersByPhone(number, text -> numbers.isSame(number, text))));
        return withinDeadline(flight, "ani");
    }

    private Uni<ScreenPop> byEmployeeId(String employeeId) {
        CallerCache.Flight flight = cache.get(
                hash.hash("employee", employeeId), asked -> load(asked, serviceNow.usersByEmployeeId(employeeId)));
        return withinDeadline(flight, "employeeId");
    }

    /** What follows the call may know its number only, by which ServiceNow does not know the caller. */
    private void noteCaller(ScreenPop found, LookupRequest request) {
        String conversation = request.conversationId();
        if (!request.byEmployeeId() || !Ids.given(conversation)) {
            return;
        }
        switch (found.status()) {
            case FOUND -> conversations.noteCaller(found.sysId(), conversation);
            // UNAVAILABLE is about another id, as the one found a moment ago is FOUND and stale: nobody is better
            // than somebody else.
            case NOT_FOUND, AMBIGUOUS, UNAVAILABLE -> conversations.forgetCaller(conversation);
        }
    }

    /** Forgets what is known of a number, after its owner has changed. */
    Uni<Void> forget(String e164) {
        return cache.drop(numberHash(e164));
    }

    private String numberHash(String e164) {
        return hash.hash("number", e164);
    }

    private Uni<CallerSnapshot> load(CallerCache.Flight flight, Uni<List<ServiceDeskUser>> users) {
        return users.flatMap(found -> switch (found.size()) {
            case 0 -> Uni.createFrom().item(CallerSnapshot.NOT_FOUND);
            case 1 -> withIncidents(flight, found.get(0));
            default -> Uni.createFrom().item(CallerSnapshot.AMBIGUOUS);
        });
    }

    private Uni<CallerSnapshot> withIncidents(CallerCache.Flight flight, ServiceDeskUser user) {
        flight.meanwhile(CallerSnapshot.foundWithoutIncidents(user));
        return serviceNow
                .openIncidents(user.sysId(), config.incidents())
                .map(incidents -> CallerSnapshot.found(user, incidents))
                .onFailure(ConnectorException.class)
                .recoverWithItem(() -> CallerSnapshot.foundWithoutIncidents(user));
    }

    private Uni<ScreenPop> withinDeadline(CallerCache.Flight flight, String matchedBy) {
        return flight.result()
                .map(snapshot -> answer(flight, snapshot, matchedBy))
                .ifNoItem()
                .after(config.deadline())
                .fail()
                .onFailure()
                .recoverWithItem(failure -> standIn(flight, matchedBy, failure));
    }

    private ScreenPop standIn(CallerCache.Flight flight, String matchedBy, Throwable failure) {
        LOG.warnf("lookup unavailable reason=%s stale=%s", failure, flight.lastKnown() != null);
        CallerSnapshot known = flight.meanwhile() == null ? flight.lastKnown() : flight.meanwhile();
        if (known == null) {
            return ScreenPop.of(CallerSnapshot.UNAVAILABLE, "", false);
        }
        return known == flight.lastKnown() ? ScreenPop.of(known, matchedBy, true) : answer(flight, known, matchedBy);
    }

    /** Incidents known a moment ago are better than none. */
    private static ScreenPop answer(CallerCache.Flight flight, CallerSnapshot found, String matchedBy) {
        CallerSnapshot before = flight.lastKnown();
        return !found.incidentsKnown() && before != null && before.isOf(found.user())
                ? ScreenPop.of(before, matchedBy, true)
                : ScreenPop.of(found, matchedBy, false);
    }

    /** Both at once, as Redis' deadline is most of what may be left. */
    private Uni<ScreenPop> completed(ScreenPop pop, LookupRequest request, long start) {
        Duration left = config.deadline().minusNanos(System.nanoTime() - start);
        Duration wait = left.compareTo(SHORTEST_WAIT) > 0 ? left : SHORTEST_WAIT;
        return Uni.combine()
                .all()
                .unis(
                        priority(pop, request.conversationId(), wait),
                        pages.link(pop, request).ifNoItem().after(wait).recoverWithItem(""))
                .with((priority, link) -> pop.suggesting(priority).linkedBy(link));
    }

    /** Remembers the call for its caller, so that a change of a ticket finds it; a missing answer costs no caller theirs. */
    private Uni<Integer> priority(ScreenPop pop, String conversationId, Duration wait) {
        if (pop.status() != CallerSnapshot.Status.FOUND) {
            return Uni.createFrom().item(0);
        }
        Uni<Integer> priority = Ids.given(conversationId)
                ? conversations.arrived(pop.sysId(), conversationId)
                : suggested.of(pop.sysId());
        return priority.ifNoItem()
                .after(wait)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("no suggested priority reason=%s", failure))
                .onFailure()
                .recoverWithItem(0);
    }
}
