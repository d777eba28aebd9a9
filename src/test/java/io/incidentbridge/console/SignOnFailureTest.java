package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.AuthenticationCompletionException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
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

        for (Map<String, String> query : List.of(
                Map.of("code", TOKEN),
                Map.of("error", "access_denied"),
                Map.of("code", TOKEN, "error", "access_denied"))) {
            assertThat(reason(new AuthenticationCompletionException(TOKEN, invalid), query))
                    .contains("not valid, codes=[9]")
                    .doesNotContain("eyJ", "denied");
        }
    }

    @Test
    void shouldTellWhatTheProviderSaidUnlessItIsNoCode() {
        AuthenticationCompletionException failure = new AuthenticationCompletionException(TOKEN);

        assertThat(reason(failure, Map.of("error", "access_denied"))).endsWith("error=access_denied");
        assertThat(reason(failure, Map.of("error", TOKEN))).endsWith("error=unknown");
        assertThat(reason(failure, Map.of("error", "two\nlines"))).endsWith("error=unknown");
        assertThat(reason(failure, Map.of())).endsWith("AuthenticationCompletionException");
    }

    @Test
    void shouldTellWhyACodeWasNotRedeemedWhateverTheBrowserSays() {
        AuthenticationCompletionException failure = new AuthenticationCompletionException(TOKEN);

        assertThat(reason(failure, Map.of("code", TOKEN, "error", "access_denied")))
                .endsWith("AuthenticationCompletionException");
    }

    private static String reason(Throwable failure, Map<String, String> query) {
        return SignOnFailure.reason(failure, MultiMap.caseInsensitiveMultiMap().addAll(query));
    }
}
