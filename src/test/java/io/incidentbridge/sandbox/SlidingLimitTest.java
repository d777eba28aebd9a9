package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlidingLimitTest {

    private final SlidingLimit limit = new SlidingLimit();

    @Test
    void shouldAcceptAWholeLimitAtOnceAndThenNothing() {
        FaultSet faults = set("{\"rateLimit\":3,\"rateLimitWindowSeconds\":10}");

        assertThat(accepted(faults, 0, 5)).isEqualTo(3);
        assertThat(accepted(faults, 9_999, 1)).isZero();
        assertThat(accepted(faults, 10_000, 5)).isEqualTo(3);
    }

    @Test
    void shouldNotCountRefusedRequests() {
        FaultSet faults = set("{\"rateLimit\":1,\"rateLimitWindowSeconds\":10}");
        accepted(faults, 0, 1);

        assertThat(accepted(faults, 5_000, 100)).isZero();
        assertThat(accepted(faults, 10_000, 1)).isEqualTo(1);
    }

    @Test
    void shouldCountClientsApart() {
        FaultSet faults = set("{\"rateLimit\":1}");

        assertThat(limit.tryAccept("one", faults, 0).accepted()).isTrue();
        assertThat(limit.tryAccept("two", faults, 0).accepted()).isTrue();
        assertThat(limit.tryAccept("one", faults, 0).accepted()).isFalse();
    }

    @Test
    void shouldOvershootByWhatArrivesWithinTheCommitLag() {
        FaultSet faults = set("{\"rateLimit\":10,\"rateLimitWindowSeconds\":60,\"commitLagSeconds\":30}");

        assertThat(accepted(faults, 0, 50)).isEqualTo(50);
        assertThat(accepted(faults, 29_999, 5)).isEqualTo(5);
        assertThat(accepted(faults, 30_000, 5)).isZero();
        // The first 50 have left the window; the 5 later ones are known and leave places.
        assertThat(accepted(faults, 60_000, 3)).isEqualTo(3);
    }

    @Test
    void shouldTellWhenThereIsAPlaceAgain() {
        FaultSet faults = set("{\"rateLimit\":2,\"rateLimitWindowSeconds\":60}");
        accepted(faults, 1_000, 1);
        accepted(faults, 20_000, 1);

        LimitState state = limit.tryAccept("client", faults, 30_500);

        assertThat(state).isEqualTo(new LimitState(false, 2, 60, 2, 31, 61));
    }

    @Test
    void shouldSpeakServiceNowsHeadersUnlessAVendorHasItsOwn() {
        SimulatedVendor vendor = new StubVendor();

        Map<String, String> refused = vendor.limitHeaders(new LimitState(false, 1_000, 60, 1_000, 12, 1_782_907_212));

        assertThat(refused)
                .containsEntry("X-RateLimit-Limit", "60000")
                .containsEntry("X-RateLimit-Reset", "1782907212")
                .containsEntry("Retry-After", "12")
                .containsKey("X-RateLimit-Rule")
                .doesNotContainKey("X-RateLimit-Remaining");
        assertThat(vendor.limitHeaders(new LimitState(true, 1_000, 60, 1, 60, 1_782_907_212)))
                .doesNotContainKey("Retry-After");
    }

    @Property(tries = 200)
    void shouldNeverAcceptMoreThanTheLimitInAnyWindow(
            @ForAll @Size(max = 80) List<@IntRange(max = 300) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 8) int most) {
        SlidingLimit fresh = new SlidingLimit();
        SlidingMaximum accepted = new SlidingMaximum(1_000);
        FaultSet faults = set("{\"rateLimit\":" + most + ",\"rateLimitWindowSeconds\":1}");
        long now = 0;
        for (int gap : gaps) {
            now += gap;
            if (fresh.tryAccept("client", faults, now).accepted()) {
                accepted.arrived(now);
            }
        }

        assertThat(accepted.maximum()).isLessThanOrEqualTo(most);
    }

    private long accepted(FaultSet faults, long now, int requests) {
        long accepted = 0;
        for (int i = 0; i < requests; i++) {
            accepted += limit.tryAccept("client", faults, now).accepted() ? 1 : 0;
        }
        return accepted;
    }

    private static FaultSet set(String json) {
        return FaultSet.of(FaultSet.parse(Buffer.buffer(json)), 1_000);
    }
}
