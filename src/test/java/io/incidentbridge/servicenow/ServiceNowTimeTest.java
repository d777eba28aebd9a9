package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNowTimeTest {

    @Test
    void shouldReadRawTimesAsUtc() {
        assertThat(ServiceNowTime.parse("2026-03-29 01:30:00")).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2026-02-30 00:00:00", "2026-03-29T01:30:00Z", "29.03.2026 01:30", "2026-03-29 25:00:00"})
    void shouldRefuseEverythingElse(String raw) {
        assertThat(ServiceNowTime.parse(raw)).isEmpty();
    }

    @Property
    void shouldWriteWhatItReads(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        Instant time = Instant.ofEpochSecond(second);

        assertThat(ServiceNowTime.parse(ServiceNowTime.format(time))).contains(time);
    }
}
