package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {

    @ParameterizedTest
    @CsvSource({"+14155550123, +1*******23", "+4930123456789, +4*******89", "112, *******", "'', ''"})
    void shouldHideTheMiddle(String number, String masked) {
        assertThat(Masked.number(number)).isEqualTo(masked);
    }

    @Test
    void shouldTakeAnAbsentNumber() {
        assertThat(Masked.number(null)).isEmpty();
    }
}
