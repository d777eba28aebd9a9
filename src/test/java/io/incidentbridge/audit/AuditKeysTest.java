package io.incidentbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.security.HashFixture;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeysTest {

    private static final String ONE = "one-key-one-key-one-key-one-key-one";
    private static final String OTHER = "other-key-other-key-other-key-other";

    @Test
    void shouldSealWithTheFirstLineAndVerifyWithAll(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("audit-key"), ONE + "\n");
        MountedSecrets files = new MountedSecrets();
        AuditKeys keys = keys(Map.of("bridge.audit.key-file", file.toString()), files);
        String first = keys.current();
        String seal = keys.seal(first, List.of("x"));

        Files.writeString(file, OTHER + "\n\n" + ONE + "\n");
        files.secret("again", java.util.Optional.empty(), java.util.Optional.of(file));

        await().atMost(Duration.ofSeconds(10)).until(() -> !keys.current().equals(first));
        assertThat(keys.isSeal(first, List.of("x"), seal)).isTrue();
        assertThat(keys.current()).isEqualTo(new AuditKeys(List.of(OTHER)).current());
    }

    @Test
    void shouldDeriveAKeyWhenThereIsNone() {
        AuditKeys keys = keys(Map.of(), new MountedSecrets());

        assertThat(keys.knows(keys.current())).isTrue();
        assertThat(keys.current())
                .isEqualTo(keys(Map.of(), new MountedSecrets()).current());
        assertThat(findings(Map.of())).extracting(Finding::severity).containsExactly(Finding.Severity.QUESTIONABLE);
    }

    @Test
    void shouldRefuseWhatProtectsTooLittle() {
        assertThat(findings(Map.of("bridge.audit.key", "short")))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.UNSAFE);
        assertThat(findings(Map.of("bridge.audit.key-file", "/does/not/exist")))
                .extracting(Finding::key)
                .containsExactly("bridge.audit.key-file");
        assertThat(findings(Map.of("bridge.audit.key", ONE, "bridge.audit.retention", "1h")))
                .extracting(Finding::key)
                .containsExactly("bridge.audit.retention");
        assertThat(findings(Map.of("bridge.audit.key", ONE, "bridge.audit.retention", "365d")))
                .isEmpty();
    }

    private static AuditKeys keys(Map<String, String> properties, MountedSecrets files) {
        return new AuditKeys(config(properties), files, HashFixture.keyedHash());
    }

    private static List<Finding> findings(Map<String, String> properties) {
        return new AuditCheck(config(properties), new MountedSecrets()).check().toList();
    }

    private static AuditConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AuditConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(AuditConfig.class);
    }
}
