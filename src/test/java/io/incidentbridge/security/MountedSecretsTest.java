package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.startup.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretsTest {

    private static final String KEY = "bridge.servicenow.client-secret";

    private final MountedSecrets secrets = new MountedSecrets();

    @TempDir
    Path folder;

    @Test
    void shouldReadTheFileAndNotItsLineBreak() throws IOException {
        assertThat(inFile("first\n").current()).contains("first");
    }

    @Test
    void shouldPreferTheFileToTheKey() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "of the file");

        Secret secret = secrets.secret(KEY, Optional.of("of the key"), Optional.of(file));

        assertThat(secret.current()).contains("of the file");
        assertThat(secret.check()).extracting(Finding::key).containsExactly(KEY);
    }

    @Test
    void shouldFollowAReplacedFile() throws IOException {
        Secret secret = inFile("first");

        Files.writeString(folder.resolve("secret"), "second");
        secrets.refresh();

        assertThat(secret.current()).contains("second");
    }

    @Test
    void shouldKeepTheLastKnownSecretOfALostOrEmptiedFile() throws IOException {
        Secret secret = inFile("first");

        Files.writeString(folder.resolve("secret"), "\n");
        secrets.refresh();
        Files.delete(folder.resolve("secret"));
        secrets.refresh();

        assertThat(secret.current()).contains("first");
    }

    @Test
    void shouldFindWhatIsMissing() {
        Secret unset = secrets.secret(KEY, Optional.empty(), Optional.empty());
        Secret unreadable = secrets.secret(KEY, Optional.empty(), Optional.of(folder.resolve("none")));

        assertThat(unset.check()).extracting(Finding::key).containsExactly(KEY);
        assertThat(unreadable.check()).extracting(Finding::key).containsExactly(KEY + "-file");
        assertThat(unreadable.current()).isEmpty();
    }

    @Test
    void shouldChangeIdAndSecretTogether() throws IOException {
        Path id = Files.writeString(folder.resolve("id"), "old");
        Path secret = Files.writeString(folder.resolve("secret"), "old");
        ClientCredentials client = new ClientCredentials(
                secrets,
                secrets.secret("a.client-id", Optional.empty(), Optional.of(id)),
                secrets.secret("a.client-secret", Optional.empty(), Optional.of(secret)));

        Files.writeString(id, "new");
        Files.writeString(secret, "new");
        ClientCredentials.Pair before = client.current();
        secrets.refresh();

        assertThat(before).isEqualTo(new ClientCredentials.Pair("old", "old"));
        assertThat(client.current()).isEqualTo(new ClientCredentials.Pair("new", "new"));
        assertThat(client.check()).isEmpty();
    }

    @Test
    void shouldNeverPrintASecret() throws IOException {
        assertThat(inFile("hidden").toString()).doesNotContain("hidden");
        assertThat(new ClientCredentials.Pair("id", "hidden").toString()).doesNotContain("hidden");
    }

    private Secret inFile(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        return secrets.secret(KEY, Optional.empty(), Optional.of(file));
    }
}
