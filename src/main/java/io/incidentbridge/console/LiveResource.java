package io.incidentbridge.console;

import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The event stream of a page: its panels whenever they have changed, and the time, which shows that it is alive. */
@Path(LiveResource.PATH)
@RolesAllowed(Rights.OPERATOR)
public class LiveResource {

    static final String PATH = "/console/live";

    /** Then the browser comes again, and must still be allowed to. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration ALIVE = Duration.ofSeconds(5);
    private static final int MOST_PANELS = 20;
    private static final int LONGEST_NAME = 150;

    private final LiveFeed feed;
    private final Panels panels;
    private final Clock clock;
    private final int mostViewers;
    private final AtomicInteger viewers = new AtomicInteger();

    LiveResource(LiveFeed feed, Panels panels, ConsoleConfig config, Clock clock) {
        this.feed = feed;
        this.panels = panels;
        this.clock = clock;
        this.mostViewers = config.mostViewers();
    }

    /** @param names of the panels that the page shows */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@QueryParam("panel") List<String> names, @Context Sse sse) {
        if (names.size() > MOST_PANELS
                || names.stream().anyMatch(name -> name.length() > LONGEST_NAME || !panels.knows(name))) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such panel.");
        }
        if (viewers.incrementAndGet() > mostViewers) {
            viewers.decrementAndGet();
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many pages are open.");
        }
        List<Multi<OutboundSseEvent>> all = new java.util.ArrayList<>(
                names.stream().distinct().map(name -> changes(name, sse)).toList());
        all.add(time(sse));
        return Multi.createBy()
                .merging()
                .streams(all)
                .select()
                .first(LONGEST)
                .onTermination()
                .invoke(() -> viewers.decrementAndGet());
    }

    /** All at first, then what differs: nothing is replaced under somebody's hands without need. */
    private Multi<OutboundSseEvent> changes(String name, Sse sse) {
        AtomicReference<String> last = new AtomicReference<>();
        return feed.of(name)
                .select()
                .where(html -> !html.equals(last.getAndSet(html)))
                .map(html -> sse.newEvent(name, html));
    }

    private Multi<OutboundSseEvent> time(Sse sse) {
        return Multi.createFrom()
                .ticks()
                .every(ALIVE)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEvent(
                        "time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
}
