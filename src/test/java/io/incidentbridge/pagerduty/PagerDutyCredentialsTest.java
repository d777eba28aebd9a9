package io.incidentbridge.pagerduty;

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

class PagerDutyCredentialsTest {

    private static final Map<String, String> ACCOUNT = Map.of("bridge.pagerduty.url", "https://api.pagerduty.com");

    @TempDir
    Path folder;

    @Test
    void shouldFollowAReplacedFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MountedSecrets files = new MountedSecrets();
        PagerDutyCredentials credentials = credentials(Map.of("bridge.pagerduty.token-file", file.toString()), files);
        assertThat(credentials.authorization()).contains("Token token=first");

        Files.writeString(file, "second\n");
        // reads all files again, as the scheduler does
        files.secret("again", Optional.empty(), Optional.of(file));

        assertThat(credentials.authorization()).contains("Token token=second");
        assertThat(credentials.check()).isEmpty();
    }

    @Test
    void shouldTakeTheTokenItself() {
        assertThat(credentials(Map.of("bridge.pagerduty.token", "first"), new MountedSecrets())
                        .authorization())
                .contains("Token token=first");
    }

    @Test
    void shouldDoWithoutAToken() {
        PagerDutyCredentials credentials = credentials(Map.of(), new MountedSecrets());

        assertThat(credentials.authorization()).isEmpty();
        assertThat(credentials.check()).isEmpty();
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        String missing = folder.resolve("none").toString();

        assertThat(credentials(Map.of("bridge.pagerduty.token-file", missing), new MountedSecrets())
                        .check())
                .extracting(Finding::key)
                .containsExactly("bridge.pagerduty.token-file");
    }

    private static PagerDutyCredentials credentials(Map<String, String> keys, MountedSecrets files) {
        Map<String, String> all = new HashMap<>(ACCOUNT);
        all.putAll(keys);
        PagerDutyConfig config = new SmallRyeConfigBuilder()
                .withMapping(PagerDutyConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(PagerDutyConfig.class);
        return new PagerDutyCredentials(config, files);
    }
}
