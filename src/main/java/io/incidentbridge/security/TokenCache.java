package io.incidentbridge.security;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One OAuth access token, kept until shortly before it ends. However many requests need it, at most one login is under
 * way; a failed login is not remembered.
 */
public final class TokenCache {

    /** Longest time before its end at which a token is replaced; short-lived ones are replaced at 80 % of their life. */
    static final Duration EARLY = Duration.ofSeconds(60);

    private static final String BEARER = "Bearer ";

    private final Clock clock;
    private final Supplier<Uni<Token>> login;
    private Token current;
    private Uni<Token> loginUnderWay;

    /** @param login asks the vendor for a new token at every subscription */
    public TokenCache(Clock clock, Supplier<Uni<Token>> login) {
        this.clock = clock;
        this.login = login;
    }

    /** The {@code Authorization} header with the current token. */
    public Uni<String> authorization() {
        return get().map(token -> BEARER + token.value());
    }

    /**
     * To be called when the vendor answered 401 to this {@code Authorization}, null for none: its token is not used
     * again. One that has been replaced since is not thrown away.
     */
    public synchronized void refused(String authorization) {
        if (current != null && (BEARER + current.value()).equals(authorization)) {
            current = null;
        }
    }

    /** The current token, or that of the login under way. */
    synchronized Uni<Token> get() {
        if (current != null && clock.instant().isBefore(current.renewAt())) {
            return Uni.createFrom().item(current);
        }
        if (loginUnderWay == null) {
            loginUnderWay = login.get()
                    .onItemOrFailure()
                    .invoke(this::finished)
                    .memoize()
                    .indefinitely();
        }
        return loginUnderWay;
    }

    private synchronized void finished(Token token, Throwable failure) {
        loginUnderWay = null;
        if (failure == null) {
            current = token;
        }
    }

    /**
     * @param value   the secret; never logged
     * @param renewAt from when on it is no longer used for new requests
     */
    public record Token(String value, Instant renewAt) {

        /** @param lifetime as the vendor's {@code expires_in} says */
        public static Token issued(String value, Instant now, Duration lifetime) {
            Duration early = lifetime.dividedBy(5);
            return new Token(value, now.plus(lifetime).minus(early.compareTo(EARLY) < 0 ? early : EARLY));
        }

        @Override
        public String toString() {
            return "Token[renewAt=" + renewAt + "]";
        }
    }
}
