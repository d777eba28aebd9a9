package io.incidentbridge.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalityTest {

    @ParameterizedTest
    @CsvSource({
        "200, false, FINAL",
        "201, false, FINAL",
        "202, false, FINAL",
        "204, false, FINAL",
        "404, false, FINAL",
        "410, false, FINAL",
        "422, false, FINAL",
        "200, true, UNKNOWN",
        "400, false, NO_EFFECT",
        "401, false, NO_EFFECT",
        "403, false, NO_EFFECT",
        "409, false, NO_EFFECT",
        "413, false, NO_EFFECT",
        "429, false, NO_EFFECT",
        "503, false, NO_EFFECT",
        "500, false, UNKNOWN",
        "502, false, UNKNOWN",
        "504, false, UNKNOWN"
    })
    void shouldReadStatus(int status, boolean provisional, Finality expected) {
        assertThat(Finality.of(status, provisional)).isEqualTo(expected);
    }

    @Test
    @DisplayName("a fingerprint tells method, address, query and body apart")
    void shouldTellRequestsApart() {
        byte[] body = {1};
        String one = Fingerprint.of("POST", "/a", null, body);

        assertThat(one).hasSize(64).isEqualTo(Fingerprint.of("POST", "/a", null, new byte[] {1}));
        assertThat(one)
                .isNotEqualTo(Fingerprint.of("PUT", "/a", null, body))
                .isNotEqualTo(Fingerprint.of("POST", "/b", null, body))
                .isNotEqualTo(Fingerprint.of("POST", "/a", "q", body))
                .isNotEqualTo(Fingerprint.of("POST", "/a", null, new byte[] {2}));
    }
}
