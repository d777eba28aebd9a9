package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.AuthenticationCompletionException;
import java.util.List;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;

class SignOnFailureTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";

    @Test
    void shouldTellWhatIsWrongWithATokenAndNotTheToken() {
        InvalidJwtException invalid = new InvalidJwtException(
                "Invalid signature of " + TOKEN,
                List.of(new ErrorCodeValidator.Error(ErrorCodes.SIGNATURE_INVALID, "of " + TOKEN)),
                null);

        assertThat(SignOnFailure.reason(new AuthenticationCompletionException(TOKEN, invalid), null))
                .contains("not valid, codes=[9]")
                .doesNotContain("eyJ");
    }

    @Test
    void shouldTellWhatTheProviderSaidUnlessItIsNoCode() {
        AuthenticationCompletionException failure = new AuthenticationCompletionException(TOKEN);

        assertThat(SignOnFailure.reason(failure, "access_denied")).endsWith("error=access_denied");
        assertThat(SignOnFailure.reason(failure, TOKEN)).endsWith("error=unknown");
        assertThat(SignOnFailure.reason(failure, "two\nlines")).endsWith("error=unknown");
        assertThat(SignOnFailure.reason(failure, null)).endsWith("AuthenticationCompletionException");
    }
}
