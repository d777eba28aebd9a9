package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.problem.ProblemException;
import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Sse SSE = SseImpl.INSTANCE;

    private final AtomicInteger looks = new AtomicInteger();
    private Viewers viewers;

    @Test
    void shouldTakeNoMoreViewersThanItMayUntilOneGoes() {
        LiveResource live = live("1h", 1);
        Cancellable first = live.live(List.of("slow"), SSE).subscribe().with(event -> {});
        assertThatThrownBy(() -> live.live(List.of("slow"), SSE)).isInstanceOf(ProblemException.class);

        first.cancel();

        assertThat(viewers.count()).isZero();
        live.live(List.of("slow"), SSE).subscribe().with(event -> {}).cancel();
    }

    @Test
    void shouldCountNoViewerWhomItRefuses() {
        LiveResource live = live("1h", 1_000);
        List<Cancellable> different = IntStream.range(0, 500)
                .mapToObj(i -> live.live(List.of("slow:" + i), SSE).subscribe().with(event -> {}))
                .toList();

        assertThatThrownBy(() -> live.live(List.of("slow:another"), SSE)).isInstanceOf(ProblemException.class);
        assertThat(viewers.count()).isEqualTo(500);

        different.forEach(Cancellable::cancel);
        assertThat(viewers.count()).isZero();
        live.live(List.of("slow:another"), SSE).subscribe().with(event -> {}).cancel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "none:slow", "slow:a\nb", "slow:a\ndata:b\r", "slow:a,b"})
    void shouldRefuseWhatIsNoPanel(String name) {
        LiveResource live = live("1h", 1);

        assertThatThrownBy(() -> live.live(List.of("slow", name), SSE)).isInstanceOf(ProblemException.class);
        assertThat(viewers.count()).isZero();
    }

    @Test
    void shouldRefuseMorePanelsThanAPageHas() {
        LiveResource live = live("1h", 1);

        assertThatThrownBy(() -> live.live(Collections.nCopies(21, "slow"), SSE))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldSendAPanelAgainOnlyWhenItHasChanged() {
        List<Object> sent = new CopyOnWriteArrayList<>();

        Cancellable viewer = live("10ms", 1)
                .live(List.of("slow"), SSE)
                .subscribe()
                .with(event -> {
                    if ("slow".equals(event.getName())) {
                        sent.add(event.getData());
                    }
                });
        await().atMost(PATIENCE).until(() -> sent.size() >= 5);
        viewer.cancel();

        assertThat(sent).doesNotHaveDuplicates();
        assertThat(looks.get()).isGreaterThan(2 * sent.size());
    }

    @Test
    void shouldEndAllStreamsWhenTheReplicaStops() {
        LiveResource live = live("10ms", 2);
        AtomicInteger ended = new AtomicInteger();
        live.live(List.of("slow"), SSE).subscribe().with(event -> {}, ended::incrementAndGet);
        live.live(List.of("slow"), SSE).subscribe().with(event -> {}, ended::incrementAndGet);

        viewers.stop(new ShutdownDelayInitiatedEvent());

        await().atMost(PATIENCE).until(() -> ended.get() == 2 && viewers.count() == 0);
        assertThatThrownBy(() -> live.live(List.of("slow"), SSE)).isInstanceOf(ProblemException.class);
    }

    private LiveResource live(String poll, int mostViewers) {
        ConsoleConfig config = ConsoleConfigs.with(
                Map.of("bridge.console.poll", poll, "bridge.console.most-viewers", Integer.toString(mostViewers)));
        Panels panels = new Panels(List.of(slow()));
        viewers = new Viewers(config);
        return new LiveResource(new LiveFeed(panels, config), panels, viewers, Clock.systemUTC());
    }

    /** Shows something else at every third look. */
    private Panel slow() {
        Engine engine = Engine.builder().addDefaults().build();
        return new Panel() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Uni<TemplateInstance> look(String subject) {
                String text = Integer.toString(looks.getAndIncrement() / 3);
                return Uni.createFrom().item(engine.parse(text).instance());
            }
        };
    }
}
