package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

    private final KeyedHash hash = keyedHash("one");

    @Test
    void shouldBeTheSameOnEveryReplica() {
        assertThat(hash.hash("caller", "+14155550123"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(keyedHash("one").hash("caller", "+14155550123"));
    }

    @Test
    void shouldTellValuesKindsAndSecretsApart() {
        assertThat(hash.hash("caller", "+14155550123"))
                .isNotEqualTo(hash.hash("caller", "+14155550124"))
                .isNotEqualTo(hash.hash("conversation", "+14155550123"))
                .isNotEqualTo(keyedHash("two").hash("caller", "+14155550123"));
    }

    @Test
    void shouldTellKindFromValue() {
        assertThat(hash.hash("a", "bc")).isNotEqualTo(hash.hash("ab", "c"));
    }

    @Test
    void shouldBeThreadSafe() {
        String expected = hash.hash("caller", "1");

        assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> hash.hash("caller", "1")))
                .containsOnly(expected);
    }

    @Test
    void shouldSayWhatIsMissing() {
        KeyedHash without = new KeyedHash(Configs.security(Map.of()), new MountedSecrets());

        assertThatThrownBy(() -> without.hash("caller", "1")).hasMessageContaining("bridge.security.hash-key");
    }

    private static KeyedHash keyedHash(String secret) {
        return new KeyedHash(Configs.security(Map.of("bridge.security.hash-key", secret)), new MountedSecrets());
    }
}
