package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

    private static final String CLIENT = "bridge.security.clients.genesys.";

    @TempDir
    Path secrets;

    @Test
    void shouldAcceptEveryKeyOfAClient() {
        ApiKeys keys = apiKeys(Map.of(CLIENT + "keys", "first,second"));

        assertThat(keys.find("first")).isPresent();
        assertThat(keys.find("second")).isPresent();
        assertThat(keys.find("third")).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void shouldKnowAKeyByItsDigest() {
        // given: printf %s abc | sha256sum
        String hash = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

        ApiKeys keys = apiKeys(Map.of(CLIENT + "key-hashes", hash));

        assertThat(keys.find("abc")).hasValueSatisfying(key -> {
            assertThat(key.client()).isEqualTo("genesys");
            assertThat(key.rights()).containsExactly(Rights.DATA_ACTION);
        });
        assertThat(keys.find(hash)).isEmpty();
    }

    @Test
    void shouldIgnoreWhatIsNoDigest() {
        ApiKeys keys = apiKeys(Map.of(CLIENT + "key-hashes", "zz,"));

        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void shouldFollowARotatedFile() throws IOException {
        Path file = Files.writeString(secrets.resolve("keys"), "# rotated monthly\n\n old-key \n");
        ApiKeys keys = apiKeys(Map.of(CLIENT + "key-files", file.toString()));

        Files.writeString(file, "old-key\nnew-key\n");
        keys.refresh();

        assertThat(keys.find("old-key")).isPresent();
        assertThat(keys.find("new-key")).isPresent();
    }

    @Test
    void shouldForgetAKeyThatLeftItsFile() throws IOException {
        Path file = Files.writeString(secrets.resolve("keys"), "old-key\n");
        ApiKeys keys = apiKeys(Map.of(CLIENT + "key-files", file.toString()));

        Files.writeString(file, "new-key\n");
        keys.refresh();

        assertThat(keys.find("old-key")).isEmpty();
    }

    @Test
    void shouldKeepTheLastKnownKeysOfALostFile() throws IOException {
        Path file = Files.writeString(secrets.resolve("keys"), "old-key\n");
        ApiKeys keys = apiKeys(Map.of(CLIENT + "key-files", file.toString()));

        Files.delete(file);
        keys.refresh();

        assertThat(keys.find("old-key")).isPresent();
    }

    @Test
    void shouldStartWithoutAMissingFile() {
        ApiKeys keys =
                apiKeys(Map.of(CLIENT + "key-files", secrets.resolve("none").toString()));

        assertThat(keys.find("# rotated monthly")).isEmpty();
    }

    @Test
    void shouldKnowWhoseKeysCountOnlyBesideACertificate() {
        ApiKeys keys = apiKeys(Map.of(CLIENT + "keys", "first", CLIENT + "certificate", "true"));

        assertThat(keys.find("first"))
                .hasValueSatisfying(key -> assertThat(key.certificate()).isTrue());
        assertThat(apiKeys(Map.of(CLIENT + "keys", "first")).find("first"))
                .hasValueSatisfying(key -> assertThat(key.certificate()).isFalse());
    }

    @Test
    void shouldSignNobodyInWithAKeyThatNeedsACertificate() {
        Map<String, String> operator = Map.of(CLIENT + "keys", "first", CLIENT + "rights", "operator");
        Map<String, String> machine = new java.util.HashMap<>(operator);
        machine.put(CLIENT + "certificate", "true");

        assertThat(new OperatorKeys(apiKeys(operator)).find("first"))
                .hasValueSatisfying(known -> assertThat(known.operator()).isTrue());
        assertThat(new OperatorKeys(apiKeys(machine)).find("first"))
                .hasValueSatisfying(known -> assertThat(known.operator()).isFalse());
    }

    private static ApiKeys apiKeys(Map<String, String> keys) {
        Map<String, String> all = new java.util.HashMap<>(keys);
        all.putIfAbsent(CLIENT + "rights", "data-action");
        ApiKeys apiKeys = new ApiKeys(Configs.security(all));
        apiKeys.refresh();
        return apiKeys;
    }
}
