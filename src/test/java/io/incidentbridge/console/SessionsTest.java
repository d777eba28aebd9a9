package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.security.HashFixture;
import io.incidentbridge.security.OperatorKeys;
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
        assertThat(sessions(keys.rotate("first")).read(session)).contains("ada");
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

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada@example.com", "Ada Lovelace", "a.b.c", "Ω|<b>;,=\"", "0"})
    void shouldNameThePersonWhoWasSignedInElsewhere(String person) {
        String opened = sessions.openFor(person);

        // As a cookie's value may be, without quotes around it.
        assertThat(opened).matches("[A-Za-z0-9._-]+");
        assertThat(sessions(keys.rotate("second")).read(opened)).contains(person);
    }

    @Test
    void shouldEndAPersonsSessionAfterItsTime() {
        String opened = sessions.openFor("ada");
        clock.advance(SESSION.minus(MOMENT));
        assertThat(sessions.read(opened)).isPresent();

        clock.advance(MOMENT);

        assertThat(sessions.read(opened)).isEmpty();
    }

    @Test
    void shouldEndPersonsSessionsWhenSingleSignOnIsSwitchedOff() {
        String opened = sessions.openFor("ada");

        assertThat(sessions(keys.rotate("first"), false).read(opened)).isEmpty();
    }

    @Test
    void shouldTellPersonsFromKeys() {
        String[] person = sessions.openFor("ada").split("\\.");
        String[] key = session.split("\\.");

        assertThat(sessions.read("ZXZl." + person[1] + "." + person[2])).isEmpty();
        assertThat(sessions.read(person[0] + ".99999999999999." + person[2])).isEmpty();
        assertThat(sessions.read(key[0] + "." + person[1] + "." + person[2])).isEmpty();
        assertThat(sessions.read(person[0] + "." + key[1] + "." + key[2])).isEmpty();
        // The name of a person that is a key's fingerprint is a name.
        assertThat(sessions.read(sessions.openFor(key[0]))).contains(key[0]);
    }

    private Sessions sessions(OperatorKeys valid) {
        return sessions(valid, true);
    }

    private Sessions sessions(OperatorKeys valid, boolean singleSignOn) {
        ConsoleConfig config = ConsoleConfigs.with(Map.of(
                "bridge.console.session",
                SESSION.toString(),
                "bridge.console.single-sign-on",
                Boolean.toString(singleSignOn)));
        return new Sessions(config, valid, HashFixture.keyedHash(), clock);
    }
}
