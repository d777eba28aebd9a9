package io.incidentbridge.priority;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Work that brings something up to date, by key. Of many who ask while it is under way, all are served by one more run
 * after it, as that begins after they have asked: a crowd costs two runs, and the last one to change something wins.
 */
final class Flights {

    private final Map<String, Flight> flights = new HashMap<>();

    /** @param work must end by itself; the one of whoever asked first for a run is taken */
    synchronized Uni<Void> run(String key, Supplier<Uni<Void>> work) {
        Flight flight = flights.get(key);
        if (flight == null) {
            Flight first = new Flight();
            flights.put(key, first);
            first.current = landing(key, first, Uni.createFrom().deferred(() -> work.get()));
            return first.current;
        }
        if (flight.next == null) {
            Uni<Void> after = flight.current.onItemOrFailure().transformToUni((done, failure) -> Uni.createFrom()
                    .deferred(() -> work.get()));
            flight.next = landing(key, flight, after);
        }
        return flight.next;
    }

    private Uni<Void> landing(String key, Flight flight, Uni<Void> run) {
        return run.onTermination().invoke(() -> landed(key, flight)).memoize().indefinitely();
    }

    private synchronized void landed(String key, Flight flight) {
        if (flight.next == null) {
            flights.remove(key);
            return;
        }
        flight.current = flight.next;
        flight.next = null;
    }

    private static final class Flight {
        private Uni<Void> current;
        private Uni<Void> next;
    }
}
