package io.incidentbridge.console;

import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders panels that somebody looks at, each once per interval for all of this replica's viewers. What they show comes
 * from Redis, so that it makes no difference which replica a viewer has reached.
 */
@ApplicationScoped
class LiveFeed {

    private static final int MOST_PANELS = 500;

    private final Panels panels;
    private final Duration every;
    private final Map<String, Multi<String>> looked = new ConcurrentHashMap<>();

    LiveFeed(Panels panels, ConsoleConfig config) {
        this.panels = panels;
        this.every = config.poll();
    }

    /** The panel as it is at every tick; the polling ends with the last who looks at it. */
    Multi<String> of(String name) {
        if (looked.size() >= MOST_PANELS && !looked.containsKey(name)) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many different pages are looked at.");
        }
        // Known from the first subscriber on, as only the last one's end makes it forgotten.
        return Multi.createFrom().deferred(() -> looked.computeIfAbsent(name, this::poll));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Multi<String> poll(String name) {
        return Multi.createFrom()
                .ticks()
                .every(longer(every, panels.atMostEvery(name)))
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> panels.render(name))
                .onTermination()
                .invoke(() -> looked.remove(name))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers()
                // A viewer on a slow line must not hold up the others.
                .onOverflow()
                .dropPreviousItems();
    }
}
