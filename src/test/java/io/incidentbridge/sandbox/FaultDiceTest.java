package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FaultDiceTest {

    private static final int DRAWS = 20_000;

    private final FaultDice dice = new FaultDice(new Random(7));

    @Test
    void shouldStrikeAsOftenAsTheRatesSay() {
        FaultSet faults = set("{\"hangRate\":0.1,\"failureRate\":0.5}");
        Map<Fault, Integer> drawn = new EnumMap<>(Fault.class);

        IntStream.range(0, DRAWS).forEach(i -> drawn.merge(dice.fault(faults), 1, Integer::sum));

        assertThat(drawn).containsOnlyKeys(Fault.HANG, Fault.FAIL, Fault.NONE);
        assertThat(drawn.get(Fault.HANG)).isCloseTo(DRAWS / 10, Offset.offset(200));
        assertThat(drawn.get(Fault.FAIL)).isCloseTo(DRAWS * 45 / 100, Offset.offset(400));
    }

    @Test
    void shouldSpreadTheLatencyAroundItsMedian() {
        FaultSet faults = set("{\"latencyMs\":200,\"latencySigma\":0.5}");

        long[] drawn = IntStream.range(0, DRAWS)
                .mapToLong(i -> dice.latencyMs(faults))
                .sorted()
                .toArray();

        assertThat(drawn[DRAWS / 2]).isCloseTo(200, Offset.offset(8L));
        // One sigma above the median: 200 * e^0.5.
        assertThat(drawn[(int) (DRAWS * 0.8413)]).isCloseTo(330, Offset.offset(15L));
    }

    @Test
    void shouldKeepALatencyWithoutSigmaConstant() {
        FaultSet faults = set("{\"latencyMs\":150}");

        long[] drawn = IntStream.range(0, 100)
                .mapToLong(i -> dice.latencyMs(faults))
                .distinct()
                .toArray();

        assertThat(Arrays.toString(drawn)).isEqualTo("[150]");
    }

    private static FaultSet set(String json) {
        return FaultSet.of(FaultSet.parse(Buffer.buffer(json)), 1_000);
    }
}
