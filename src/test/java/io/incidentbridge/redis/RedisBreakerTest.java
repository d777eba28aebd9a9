package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisBreaker.State;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBreakerTest {

    private static final long MILLI = 1_000_000;
    private static final long NOW = 10_000 * MILLI;

    private final RedisBreaker breaker = new RedisBreaker(3, Duration.ofSeconds(1), Duration.ofMillis(250));

    private enum Event {
        ANSWER(b -> b.onAnswer(NOW)),
        SILENT_TIMEOUT(b -> b.onFailure(NOW - MILLI, NOW, true)),
        ONE_FAILURE(b -> b.onFailure(NOW - MILLI, NOW, false)),
        PROBE_DUE(b -> b.tryProbe(NOW + 250 * MILLI)),
        PROBE_ANSWER(b -> b.onProbeAnswer(NOW)),
        PROBE_FAILURE(b -> b.onProbeFailure(NOW));

        private final Consumer<RedisBreaker> what;

        Event(Consumer<RedisBreaker> what) {
            this.what = what;
        }
    }

    @ParameterizedTest(name = "{0} on {1} becomes {2}")
    @CsvSource({
        "CLOSED, ANSWER, CLOSED",
        "CLOSED, SILENT_TIMEOUT, OPEN",
        "CLOSED, ONE_FAILURE, CLOSED",
        "CLOSED, PROBE_DUE, CLOSED",
        "CLOSED, PROBE_ANSWER, CLOSED",
        "CLOSED, PROBE_FAILURE, CLOSED",
        "OPEN, ANSWER, OPEN",
        "OPEN, SILENT_TIMEOUT, OPEN",
        "OPEN, ONE_FAILURE, OPEN",
        "OPEN, PROBE_DUE, HALF_OPEN",
        "OPEN, PROBE_ANSWER, OPEN",
        "OPEN, PROBE_FAILURE, OPEN",
        "HALF_OPEN, ANSWER, HALF_OPEN",
        "HALF_OPEN, SILENT_TIMEOUT, HALF_OPEN",
        "HALF_OPEN, ONE_FAILURE, HALF_OPEN",
        "HALF_OPEN, PROBE_DUE, HALF_OPEN",
        "HALF_OPEN, PROBE_ANSWER, CLOSED",
        "HALF_OPEN, PROBE_FAILURE, OPEN",
    })
    void shouldFollowItsDiagram(State from, Event event, State to) {
        bring(from);

        event.what.accept(breaker);

        assertThat(breaker.state()).isEqualTo(to);
    }

    @Test
    void shouldOpenOnceForFailuresInARow() {
        assertThat(breaker.onFailure(NOW, NOW, false)).isFalse();
        assertThat(breaker.onFailure(NOW, NOW + MILLI, false)).isFalse();

        assertThat(breaker.onFailure(NOW, NOW + 2 * MILLI, false)).isTrue();
        assertThat(breaker.onFailure(NOW, NOW + 2 * MILLI, false)).isFalse();
    }

    @Test
    @DisplayName("should not open for failures far apart, or with an answer between them")
    void shouldForgetFailures() {
        breaker.onFailure(NOW, NOW, false);
        breaker.onFailure(NOW, NOW, false);
        breaker.onAnswer(NOW + MILLI);
        breaker.onFailure(NOW, NOW + 2 * MILLI, false);
        breaker.onFailure(NOW, NOW + 2 * MILLI, false);

        assertThat(breaker.onFailure(NOW, NOW + 2000 * MILLI, false)).isFalse();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    @DisplayName("should take one slow command for slow, not for silence, when others are answered meanwhile")
    void shouldKnowSlowFromSilent() {
        breaker.onAnswer(NOW + MILLI);

        assertThat(breaker.onFailure(NOW, NOW + 150 * MILLI, true)).isFalse();
    }

    @Test
    @DisplayName("should not open again for what was sent before it closed")
    void shouldIgnoreStragglers() {
        bring(State.HALF_OPEN);
        breaker.onProbeAnswer(NOW + 300 * MILLI);

        assertThat(breaker.onFailure(NOW + 299 * MILLI, NOW + 400 * MILLI, true))
                .isFalse();
    }

    @Test
    @DisplayName("should probe at once when it opens, then each time the pause has passed")
    void shouldPaceProbes() {
        bring(State.OPEN);
        assertThat(breaker.tryProbe(NOW)).isTrue();
        breaker.onProbeFailure(NOW + MILLI);

        assertThat(breaker.tryProbe(NOW + 250 * MILLI)).isFalse();
        assertThat(breaker.tryProbe(NOW + 251 * MILLI)).isTrue();
        assertThat(breaker.tryProbe(NOW + 252 * MILLI)).isFalse();
    }

    private void bring(State state) {
        if (state != State.CLOSED) {
            breaker.onFailure(NOW - 150 * MILLI, NOW, true);
        }
        if (state == State.HALF_OPEN) {
            breaker.tryProbe(NOW);
        }
    }
}
