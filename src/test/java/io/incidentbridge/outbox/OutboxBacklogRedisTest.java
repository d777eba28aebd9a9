package io.incidentbridge.outbox;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxBacklogRedisTest {

    @Test
    void shouldCountWhatWaitsOnAllShardsAndWhatIsOld() {
        try (OutboxFixture fixture = new OutboxFixture(Map.of())) {
            for (int i = 0; i < 20; i++) {
                await(fixture.outbox().add(new NewOutboxItem("wrap-up", "call-" + i, "call-" + i, "{}")));
            }
            await(fixture.outbox().add(new NewOutboxItem("link-back", "call-0", "call-0", "{}")));
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6));
            OutboxBacklog now = backlog(fixture, Clock.systemUTC());

            assertThat(await(now.waiting("wrap-up"))).isEqualTo(20);
            assertThat(await(now.olderThan("wrap-up", Duration.ofMinutes(5)))).isZero();
            assertThat(await(backlog(fixture, later).olderThan("wrap-up", Duration.ofMinutes(5))))
                    .isEqualTo(20);
        }
    }

    private static OutboxBacklog backlog(OutboxFixture fixture, Clock clock) {
        return new OutboxBacklog(fixture.outbox(), fixture.redis().commands(), clock);
    }
}
