package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SliceWindowTest {

    private static final long LENGTH = 1000;
    private static final long SLICE = 10;

    @Property
    void shouldNeverCountLessThanIsInTheWindowNorMoreThanASliceAround(
            @ForAll @Size(max = 50) List<@IntRange(max = 300) Integer> steps) {
        SliceWindow window = new SliceWindow(LENGTH, SLICE);
        long[] times = new long[steps.size()];
        long now = 5;
        for (int i = 0; i < times.length; i++) {
            now += steps.get(i);
            times[i] = now;
            window.add(now, 1);
            assertThat(window.total(now))
                    .isBetween(within(times, i, now, LENGTH), within(times, i, now, LENGTH + SLICE));
        }
    }

    @Test
    void shouldTellAgesThatAreNeverTooHigh() {
        SliceWindow window = new SliceWindow(LENGTH, SLICE);
        window.add(101, 3);
        window.add(155, 1);

        assertThat(window.byAge(200)).containsOnly(java.util.Map.entry(90L, 3L), java.util.Map.entry(40L, 1L));
    }

    private static long within(long[] times, int last, long now, long length) {
        long count = 0;
        for (int i = 0; i <= last; i++) {
            count += now - times[i] < length ? 1 : 0;
        }
        return count;
    }
}
