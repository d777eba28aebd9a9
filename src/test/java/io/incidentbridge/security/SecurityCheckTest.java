package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.startup.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityCheckTest {

    private static final String CLIENTS = "bridge.security.clients";
    private static final String HASH_KEY = "bridge.security.hash-key";
    private static final String GOOD = "q7V0bN2sX5kZ8cM1wR4tY6uI9oP3aSdF";

    @TempDir
    Path secrets;

    @Test
    void shouldFindNothingInAProperConfiguration() throws IOException {
        assertThat(findings(withFile(GOOD))).isEmpty();
    }

    @Test
    void shouldMissClientsAndHashKey() {
        assertThat(findings(Map.of())).extracting(Finding::key).containsExactly(CLIENTS, HASH_KEY);
    }

    static Stream<Arguments> unsafe() {
        return Stream.of(
                Arguments.of(Map.of(CLIENTS + ".a.keys", GOOD), CLIENTS + ".a.keys", "plain text"),
                Arguments.of(Map.of(CLIENTS + ".a.keys", "sandbox-operator"), CLIENTS + ".a.keys", "sandbox"),
                Arguments.of(Map.of(), CLIENTS + ".a", "no key"),
                Arguments.of(Map.of(CLIENTS + ".a.key-hashes", GOOD), CLIENTS + ".a.key-hashes", "not a SHA-256"),
                Arguments.of(
                        Map.of(CLIENTS + ".a.key-hashes", Digests.format(Digests.sha256("sandbox-operator"))),
                        CLIENTS + ".a.key-hashes",
                        "sandbox key"),
                Arguments.of(Map.of(CLIENTS + ".a.key-files", "/no/such/file"), CLIENTS + ".a.key-files", "be read"));
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void shouldNameTheUnsafeKey(Map<String, String> keys, String key, String problem) {
        Map<String, String> all = new HashMap<>(keys);
        all.put(CLIENTS + ".a.rights", "operator");
        all.put(HASH_KEY, GOOD);

        assertThat(findings(all)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
            assertThat(finding.key()).isEqualTo(key);
            assertThat(finding.problem()).contains(problem);
        });
    }

    @Test
    void shouldRefuseAShortKeyInAFile() throws IOException {
        assertThat(findings(withFile("too-short"))).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo(CLIENTS + ".a.key-files");
            assertThat(finding.problem()).contains("too short").doesNotContain("too-short");
        });
    }

    @Test
    void shouldRefuseASandboxHashKey() throws IOException {
        Map<String, String> keys = withFile(GOOD);
        keys.put(HASH_KEY, "sandbox-hash-key-sandbox-hash-key-");

        assertThat(findings(keys)).extracting(Finding::key).containsExactly(HASH_KEY);
    }

    @Test
    void shouldRefuseAKeyOfTwoClients() throws IOException {
        Map<String, String> keys = withFile(GOOD);
        keys.put(CLIENTS + ".b.rights", "data-action");
        keys.put(CLIENTS + ".b.key-hashes", Digests.format(Digests.sha256(GOOD)));

        assertThat(findings(keys)).singleElement().satisfies(finding -> assertThat(finding.problem())
                .contains("shares a key"));
    }

    private Map<String, String> withFile(String key) throws IOException {
        Path file = Files.writeString(secrets.resolve("keys"), key + "\n");
        Map<String, String> keys = new HashMap<>();
        keys.put(CLIENTS + ".a.rights", "operator");
        keys.put(CLIENTS + ".a.key-files", file.toString());
        keys.put(HASH_KEY, GOOD);
        return keys;
    }

    private static List<Finding> findings(Map<String, String> keys) {
        return new SecurityCheck(Configs.security(keys), new MountedSecrets())
                .check()
                .toList();
    }
}
