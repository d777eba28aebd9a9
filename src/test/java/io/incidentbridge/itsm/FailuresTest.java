package io.incidentbridge.itsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "302, REJECTED",
        "400, REJECTED",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, REJECTED",
        "408, UNKNOWN_OUTCOME",
        "409, CONFLICT",
        "415, REJECTED",
        "429, RATE_LIMITED",
        "500, VENDOR_FAULT",
        "502, UNKNOWN_OUTCOME",
        "503, VENDOR_FAULT",
        "504, UNKNOWN_OUTCOME"
    })
    void shouldHaveOneReasonPerStatus(int status, FailureReason expected) {
        ConnectorException failure = Failures.ofStatus("servicenow", status, "30", Instant.EPOCH);

        assertThat(failure.reason()).isEqualTo(expected);
        assertThat(failure instanceof ConnectorException.Ailing).isEqualTo(expected.ailing());
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).hasSeconds(30));
    }

    static Stream<Arguments> thrown() {
        return Stream.of(
                Arguments.of(new ProcessingException(new ConnectException("refused")), FailureReason.UNREACHABLE),
                Arguments.of(new UnknownHostException("nowhere"), FailureReason.UNREACHABLE),
                Arguments.of(new TimeoutException(), FailureReason.UNKNOWN_OUTCOME),
                Arguments.of(
                        new org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException(),
                        FailureReason.UNKNOWN_OUTCOME),
                Arguments.of(new ProcessingException(new HttpClosedException("closed")), FailureReason.UNKNOWN_OUTCOME),
                Arguments.of(new ProcessingException(new IOException("reset")), FailureReason.UNKNOWN_OUTCOME),
                Arguments.of(
                        new ProcessingException(new JsonParseException(null, "truncated")), FailureReason.VENDOR_FAULT),
                Arguments.of(new CircuitBreakerOpenException(), FailureReason.BREAKER_OPEN),
                Arguments.of(new BulkheadException(), FailureReason.BREAKER_OPEN),
                Arguments.of(new IllegalStateException(), FailureReason.UNKNOWN_OUTCOME));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHaveOneReasonPerException(Throwable thrown, FailureReason expected) {
        assertThat(Failures.of("genesys", thrown).reason()).isEqualTo(expected);
    }

    @Test
    void shouldKeepAFailureThatIsAlreadyKnown() {
        ConnectorException known = Failures.ofStatus("genesys", 429, "5", Instant.EPOCH);

        assertThat(Failures.of("genesys", new ProcessingException(known))).isSameAs(known);
    }
}
