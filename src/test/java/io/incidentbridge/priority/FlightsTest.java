package io.incidentbridge.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights flights = new Flights();
    private final List<UniEmitter<? super Void>> started = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final Supplier<Uni<Void>> work = () -> Uni.createFrom().emitter(started::add);

    @Test
    void shouldServeACrowdByOneMoreRun() {
        ask("incident");
        for (int i = 0; i < 1000; i++) {
            ask("incident");
        }
        assertThat(started).hasSize(1);

        started.get(0).complete(null);
        assertThat(served).hasValue(1);
        assertThat(started).hasSize(2);

        started.get(1).complete(null);
        assertThat(served).hasValue(1001);
        assertThat(started).hasSize(2);
    }

    @Test
    void shouldRunForWhoeverAsksDuringTheSecondRun() {
        ask("incident");
        ask("incident");
        started.get(0).complete(null);
        ask("incident");

        started.get(1).complete(null);
        assertThat(started).hasSize(3);
        started.get(2).complete(null);

        assertThat(served).hasValue(3);
        ask("incident");
        assertThat(started).hasSize(4);
    }

    @Test
    void shouldKeepKeysApart() {
        ask("one");
        ask("other");

        assertThat(started).hasSize(2);
    }

    @Test
    void shouldRunAgainAfterAFailure() {
        ask("incident");
        ask("incident");

        started.get(0).fail(new IllegalStateException("by the test"));
        started.get(1).complete(null);

        assertThat(served).hasValue(1);
        ask("incident");
        assertThat(started).hasSize(3);
    }

    private void ask(String key) {
        flights.run(key, work).subscribe().with(done -> served.incrementAndGet(), failure -> {});
    }
}
