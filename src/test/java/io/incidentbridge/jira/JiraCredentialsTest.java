package io.incidentbridge.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JiraCredentialsTest {

    private static final Map<String, String> ACCOUNT =
            Map.of("bridge.jira.url", "https://acme.atlassian.net", "bridge.jira.user", "reader@acme.example");

    @TempDir
    Path folder;

    @Test
    void shouldFollowAReplacedFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MountedSecrets files = new MountedSecrets();
        JiraCredentials credentials = credentials(Map.of("bridge.jira.token-file", file.toString()), files);
        assertThat(credentials.authorization()).contains("Basic cmVhZGVyQGFjbWUuZXhhbXBsZTpmaXJzdA==");

        Files.writeString(file, "second\n");
        // reads all files again, as the scheduler does
        files.secret("again", Optional.empty(), Optional.of(file));

        assertThat(credentials.authorization()).contains("Basic cmVhZGVyQGFjbWUuZXhhbXBsZTpzZWNvbmQ=");
        assertThat(credentials.check()).isEmpty();
    }

    @Test
    void shouldTakeTheTokenItself() {
        assertThat(credentials(Map.of("bridge.jira.token", "first"), new MountedSecrets())
                        .authorization())
                .contains("Basic cmVhZGVyQGFjbWUuZXhhbXBsZTpmaXJzdA==");
    }

    @Test
    void shouldDoWithoutAToken() {
        JiraCredentials credentials = credentials(Map.of(), new MountedSecrets());

        assertThat(credentials.authorization()).isEmpty();
        assertThat(credentials.check()).isEmpty();
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        String missing = folder.resolve("none").toString();

        assertThat(credentials(Map.of("bridge.jira.token-file", missing), new MountedSecrets())
                        .check())
                .extracting(Finding::key)
                .containsExactly("bridge.jira.token-file");
    }

    private static JiraCredentials credentials(Map<String, String> keys, MountedSecrets files) {
        Map<String, String> all = new HashMap<>(ACCOUNT);
        all.putAll(keys);
        JiraConfig config = new SmallRyeConfigBuilder()
                .withMapping(JiraConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(JiraConfig.class);
        return new JiraCredentials(config, files);
    }
}
