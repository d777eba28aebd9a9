package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

    private final MovableClock clock = new MovableClock();
    private final List<UniEmitter<? super TokenCache.Token>> logins = new ArrayList<>();
    private final TokenCache cache =
            new TokenCache(clock, () -> Uni.createFrom().emitter(logins::add));

    @Test
    void shouldLogInOnceForAllWhoWait() {
        CompletableFuture<String> first = authorization();
        CompletableFuture<String> second = authorization();
        answer(0, "a");

        assertThat(logins).hasSize(1);
        assertThat(first.join()).isEqualTo("Bearer a");
        assertThat(second.join()).isEqualTo("Bearer a");
    }

    @Test
    void shouldKeepATokenUntilAMinuteBeforeItsEnd() {
        authorization();
        answer(0, "a");

        clock.now = clock.now.plusSeconds(1739);
        assertThat(authorization().join()).isEqualTo("Bearer a");
        clock.now = clock.now.plusSeconds(1);
        authorization();
        assertThat(logins).hasSize(2);
    }

    @Test
    void shouldRenewAShortLivedTokenAfterFourFifths() {
        TokenCache.Token token = TokenCache.Token.issued("a", clock.now, Duration.ofSeconds(100));

        assertThat(token.renewAt()).isEqualTo(clock.now.plusSeconds(80));
    }

    @Test
    void shouldNotUseARefusedTokenAgain() {
        authorization();
        answer(0, "a");

        cache.refused("Bearer a");
        CompletableFuture<String> next = authorization();
        answer(1, "b");

        assertThat(next.join()).isEqualTo("Bearer b");
    }

    @Test
    void shouldKeepATokenThatReplacedTheRefusedOne() {
        authorization();
        answer(0, "a");
        cache.refused("Bearer a");
        authorization();
        answer(1, "b");

        cache.refused("Bearer a");
        cache.refused(null);

        assertThat(authorization().join()).isEqualTo("Bearer b");
        assertThat(logins).hasSize(2);
    }

    @Test
    void shouldNotRememberAFailedLogin() {
        CompletableFuture<String> failed = authorization();
        logins.get(0).fail(new IllegalStateException("refused"));
        CompletableFuture<String> next = authorization();
        answer(1, "b");

        assertThat(failed).isCompletedExceptionally();
        assertThat(next.join()).isEqualTo("Bearer b");
    }

    @Test
    void shouldNotShowTheTokenInLogs() {
        assertThat(TokenCache.Token.issued("secret", clock.now, Duration.ofSeconds(100))
                        .toString())
                .doesNotContain("secret");
    }

    private CompletableFuture<String> authorization() {
        return cache.authorization().subscribeAsCompletionStage();
    }

    private void answer(int login, String token) {
        logins.get(login).complete(TokenCache.Token.issued(token, clock.now, Duration.ofSeconds(1800)));
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
