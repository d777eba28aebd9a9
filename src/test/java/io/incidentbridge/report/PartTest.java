package io.incidentbridge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.report.ServiceDeskReport.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void shouldSayThatRedisIsAway() {
        try (TestRedis redis = new TestRedis()) {
            redis.stop();

            Part<String> part = await(redis.commands(Duration.ofMillis(500))
                    .send(Command.GET, "any")
                    .map(Object::toString));

            assertThat(part).isEqualTo(new Part<>("none", List.of(new Unavailable("any", "Redis is away"))));
        }
    }

    @Test
    void shouldSayWhyAVendorDidNotAnswer() {
        Part<String> part = await(Uni.createFrom()
                .failure(ConnectorException.of("servicenow", FailureReason.RATE_LIMITED, "no room", null)));

        assertThat(part.content()).isEqualTo("none");
        assertThat(part.missing()).containsExactly(new Unavailable("any", "servicenow: RATE_LIMITED"));
    }

    @Test
    void shouldNotHideAMistakeOfOurs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> await(Uni.createFrom().failure(new IllegalStateException("a mistake"))));
    }

    private static Part<String> await(Uni<String> read) {
        return Part.of("any", read, "none").await().atMost(LONGEST);
    }
}
