package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.security.HashFixture;
import io.incidentbridge.security.OperatorKeys;
import io.incidentbridge.security.OperatorKeys.Known;
import io.incidentbridge.security.OperatorKeysFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final Duration SESSION = Duration.ofHours(8);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MutableClock clock = new MutableClock();

    @TempDir
    Path secrets;

    private OperatorKeysFixture keys;
    private Sessions sessions;
    private String session;

    @BeforeEach
    void signIn() {
        keys = new OperatorKeysFixture(secrets, "operator");
        OperatorKeys valid = keys.rotate("first");
        sessions = sessions(valid);
        session = sessions.open(valid.find("first").orElseThrow());
    }

    @Test
    void shouldBeKnownToEveryReplica() {
        assertThat(sessions(keys.rotate("first")).read(session))
                .map(Known::client)
                .contains("ada");
    }

    @Test
    void shouldEndAfterItsTime() {
        clock.advance(SESSION.minus(MOMENT));
        assertThat(sessions.read(session)).isPresent();

        clock.advance(MOMENT);

        assertThat(sessions.read(session)).isEmpty();
    }

    @Test
    void shouldOutliveAnotherKeyButNotItsOwn() {
        keys.rotate("first", "second");
        assertThat(sessions.read(session)).isPresent();

        keys.rotate("second");

        assertThat(sessions.read(session)).isEmpty();
    }

    @Test
    void shouldEndWithTheKeysRight() {
        Sessions afterwards = sessions(new OperatorKeysFixture(secrets, "data-action").rotate("first"));

        assertThat(afterwards.read(session)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "..", "a.b.c", "a.b.c.d"})
    void shouldRefuseWhatIsNoSession(String value) {
        assertThat(sessions.read(value)).isEmpty();
    }

    @Test
    void shouldRefuseAChangedSession() {
        String[] parts = session.split("\\.");

        assertThat(sessions.read(parts[0] + ".99999999999999." + parts[2])).isEmpty();
        assertThat(sessions.read("0" + parts[0].substring(1) + "x." + parts[1] + "." + parts[2]))
                .isEmpty();
        assertThat(sessions.read(parts[0] + "." + parts[1] + "." + sessions.token(session)))
                .isEmpty();
    }

    @Test
    void shouldHaveATokenOfItsOwn() {
        clock.advance(MOMENT);
        String other = sessions.open(keys.rotate("first").find("first").orElseThrow());

        assertThat(sessions.isToken(session, sessions.token(session))).isTrue();
        assertThat(sessions.isToken(session, sessions.token(other))).isFalse();
        assertThat(sessions.isToken(session, sessions.token(""))).isFalse();
        assertThat(sessions.isToken(session, "")).isFalse();
        assertThat(sessions.isToken(session, null)).isFalse();
    }

    private Sessions sessions(OperatorKeys valid) {
        ConsoleConfig config = ConsoleConfigs.with(Map.of("bridge.console.session", SESSION.toString()));
        return new Sessions(config, valid, HashFixture.keyedHash(), clock);
    }
}
