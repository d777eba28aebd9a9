package io.incidentbridge.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.incidentbridge.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    @DisplayName("should take a quoted and a bare key for the same")
    void shouldIgnoreQuotes() {
        assertThat(IdempotencyKey.parse("8e03978e-40d5")).isEqualTo("8e03978e-40d5");
        assertThat(IdempotencyKey.parse("\"8e03978e-40d5\"")).isEqualTo("8e03978e-40d5");
        assertThat(IdempotencyKey.parse("  \"8e03978e-40d5\" ")).isEqualTo("8e03978e-40d5");
        assertThat(IdempotencyKey.parse("\"a\\\\b\\\"c\"")).isEqualTo("a\\b\"c");
    }

    @Test
    void shouldTakeUpTo255Characters() {
        assertThat(IdempotencyKey.parse("k".repeat(255))).hasSize(255);
        assertThat(IdempotencyKey.parse('"' + "k".repeat(255) + '"')).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\"\"", "\"", "\"a", "a\"b", "two words", "naïve", "a\tb", "\"a\\b\"", "\"a\";p=1"})
    void shouldRefuseOthers(String header) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> IdempotencyKey.parse(header));

        assertThat(refusal.type().status()).isEqualTo(400);
    }

    @Test
    void shouldRefuseLongOnes() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> IdempotencyKey.parse("k".repeat(256))))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> IdempotencyKey.parse('"' + "k".repeat(256) + '"')))
                .isNotNull();
    }
}
