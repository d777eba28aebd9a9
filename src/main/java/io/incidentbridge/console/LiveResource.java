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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** The event stream of a page: its panels whenever they have changed, and the time, which shows that it is alive. */
@Path(LiveResource.PATH)
@RolesAllowed(Rights.OPERATOR)
public class LiveResource {

    static final String PATH = "/console/live";

    /** Then the browser comes again, and must still be allowed to. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Duration ALIVE = Duration.ofSeconds(5);
    private static final int MOST_PANELS = 20;

    /** An event's name is a line of the stream, and htmx separates several by commas. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl},]{1,150}");

    private final LiveFeed feed;
    private final Panels panels;
    private final Clock clock;
    private final Viewers viewers;

    LiveResource(LiveFeed feed, Panels panels, Viewers viewers, Clock clock) {
        this.feed = feed;
        this.panels = panels;
        this.clock = clock;
        this.viewers = viewers;
    }

    /** @param names of the panels that the page shows */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@QueryParam("panel") List<String> names, @Context Sse sse) {
        if (names.size() > MOST_PANELS || !names.stream().allMatch(this::isPanel)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such panel.");
        }
        List<Multi<OutboundSseEvent>> all = new ArrayList<>(
                names.stream().distinct().map(name -> changes(name, sse)).toList());
        all.add(time(sse));
        // After all that can fail: what is counted here ends with the stream, and with nothing else.
        if (!viewers.tryEnter()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many pages are open here, or this replica stops.");
        }
        return Multi.createBy()
                .merging()
                .streams(all)
                .select()
                .first(LONGEST)
                .select()
                .first(event -> viewers.mayStay())
                .onTermination()
                .invoke(viewers::leave);
    }

    private boolean isPanel(String name) {
        return NAME.matcher(name).matches() && panels.knows(name);
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
                .map(tick -> sse.newEvent("time", TIME.format(clock.instant())));
    }
}
