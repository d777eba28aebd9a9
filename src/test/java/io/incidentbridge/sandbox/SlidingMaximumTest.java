package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlidingMaximumTest {

    private static final int WINDOW = 1_000;

    @Property(tries = 300)
    void shouldEqualTheFullestOfAllWindows(@ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> gaps) {
        SlidingMaximum sliding = new SlidingMaximum(WINDOW);
        long[] arrivals = new long[gaps.size()];
        long now = 0;
        for (int i = 0; i < arrivals.length; i++) {
            now += gaps.get(i);
            arrivals[i] = now;
            sliding.arrived(now);
        }

        assertThat(sliding.maximum()).isEqualTo(fullest(arrivals));
    }

    /** Every window of the length that ends with an arrival; a fuller one that does not can be moved back to one. */
    private static int fullest(long[] arrivals) {
        int fullest = 0;
        for (long end : arrivals) {
            int inside = 0;
            for (long arrival : arrivals) {
                inside += arrival > end - WINDOW && arrival <= end ? 1 : 0;
            }
            fullest = Math.max(fullest, inside);
        }
        return fullest;
    }
}
