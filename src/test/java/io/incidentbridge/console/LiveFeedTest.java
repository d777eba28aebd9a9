package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger looks = new AtomicInteger();
    private final LiveFeed feed = new LiveFeed(new Panels(List.of(counting())), everyTick());

    @Test
    void shouldLookOnceForAllViewersAndNotAtAllWithoutThem() {
        // given
        List<Integer> one = new CopyOnWriteArrayList<>();
        List<Integer> other = new CopyOnWriteArrayList<>();
        Cancellable first = feed.of("counting").subscribe().with(seen -> one.add(Integer.valueOf(seen)));
        Cancellable second = feed.of("counting").subscribe().with(seen -> other.add(Integer.valueOf(seen)));

        // when
        await().atMost(PATIENCE).until(() -> one.size() > 5 && other.size() > 5);

        // then: a look of its own for each of them would leave gaps in what they see
        List<Integer> seen = List.copyOf(one);
        assertThat(seen.get(seen.size() - 1) - seen.get(0)).isEqualTo(seen.size() - 1);

        // when
        first.cancel();
        second.cancel();

        // then
        AtomicInteger before = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> before.getAndSet(looks.get()) == looks.get());
    }

    private Panel counting() {
        Engine engine = Engine.builder().addDefaults().build();
        return new Panel() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public Uni<TemplateInstance> look(String subject) {
                return Uni.createFrom()
                        .item(engine.parse(Integer.toString(looks.incrementAndGet()))
                                .instance());
            }
        };
    }

    private static ConsoleConfig everyTick() {
        return ConsoleConfigs.with(Map.of("bridge.console.poll", "20ms"));
    }
}
