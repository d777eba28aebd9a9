package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The production build holds nothing of the sandbox (docs/adr/0001). */
class PackagedApplicationIT {

    private static final Path TARGET = Path.of("target");
    private static final Path APPLICATION = TARGET.resolve("quarkus-app");
    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path", "target/none"));

    @Test
    void shouldHoldNoClassAndNoBinaryOfTheSandbox() throws IOException {
        List<String> names = Files.exists(EXECUTABLE) ? stringsOf(EXECUTABLE) : namesIn(APPLICATION);

        assertThat(names)
                .anyMatch(
                        name -> name.contains("io/incidentbridge/caller") || name.contains("io.incidentbridge.caller"))
                .noneMatch(name -> name.contains("incidentbridge/sandbox") || name.contains("incidentbridge.sandbox"))
                .noneMatch(name -> name.contains("redis-server-6") || name.contains("embedded-redis"));
    }

    @Test
    void shouldHaveSetTheSandboxApart() {
        assertThat(TARGET.resolve("sandbox-classes/io/incidentbridge/sandbox/SandboxLauncher.class"))
                .exists();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> Stream.concat(Stream.of(file.toString()), entriesOf(file)))
                    .toList();
        }
    }

    private static Stream<String> entriesOf(Path file) {
        if (!file.toString().endsWith(".jar")) {
            return Stream.of();
        }
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.stream().map(Object::toString).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> stringsOf(Path executable) throws IOException {
        String text = new String(Files.readAllBytes(executable), StandardCharsets.ISO_8859_1);
        return Stream.of("io.incidentbridge.caller", "io.incidentbridge.sandbox", "redis-server-6")
                .filter(text::contains)
                .toList();
    }
}
