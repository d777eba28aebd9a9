package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Dockerfiles and compose.yaml promise, as far as it can be read without building an image. */
class ImagesTest {

    private static final Path DOCKER = Path.of("src/main/docker");
    private static final Path COMPOSE = Path.of("compose.yaml");

    /** A name with a registry and a tag. */
    private static final String BASE = "[a-z.]+\\.io/[a-z0-9/-]+:[\\w.-]+";

    private static final Pattern DEFAULT_BASE = Pattern.compile("(?m)^ARG BASE=(.*)$");
    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");
    private static final Pattern USER = Pattern.compile("(?m)^USER (.*)$");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY ((?:--\\S+ )*)(.*) \\S+$");
    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT \\[\".*\"]$");

    static List<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(DOCKER)) {
            return files.sorted().toList();
        }
    }

    /** What an image takes from the project's folder, as patterns of files; not what it takes from another stage. */
    static Stream<String> sources(Path image) {
        return COPY.matcher(read(image))
                .results()
                .filter(copy -> !copy.group(1).contains("--from"))
                .flatMap(copy -> Arrays.stream(copy.group(2).split(" +")));
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldBeginWithABaseThatIsNamedWithItsVersion(Path image) {
        String text = read(image);

        assertThat(groups(DEFAULT_BASE, text)).singleElement().asString().matches(BASE);
        assertThat(groups(FROM, text)).isNotEmpty().allSatisfy(base -> assertThat(base)
                .matches("\\$\\{BASE}|" + BASE)
                .doesNotEndWith(":latest"));
        assertThat(groups(FROM, text)).endsWith("${BASE}");
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldRunAsNobodyInParticularAndGetSignals(Path image) {
        String last = read(image).substring(read(image).lastIndexOf("\nFROM "));

        assertThat(groups(USER, last)).containsExactly("10001:10001");
        assertThat(last.indexOf("\nUSER ")).isGreaterThan(last.lastIndexOf("\nCOPY "));
        assertThat(ENTRYPOINT.matcher(last).find()).as("without a shell").isTrue();
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldCopyWhatThereIsOrWhatTheBuildMakes(Path image) {
        List<String> ignored = read(Path.of(".dockerignore")).lines().toList();

        assertThat(ignored).contains("*");
        assertThat(sources(image)).isNotEmpty().allSatisfy(source -> {
            assertThat(ignored)
                    .as("let through: " + source)
                    .anyMatch(line -> line.startsWith("!") && source.startsWith(line.substring(1)));
            // What is made is looked for by ImagesIT.
            assertThat(source.startsWith("target/") || Files.exists(Path.of(source)))
                    .as(source)
                    .isTrue();
        });
    }

    @Test
    void shouldKeepTheSandboxInAContainerToItselfAndToThisMachine() throws IOException {
        JsonNode sandbox =
                new ObjectMapper(new YAMLFactory()).readTree(COMPOSE.toFile()).at("/services/sandbox");

        assertThat(Path.of(sandbox.at("/build/dockerfile").asText())).exists();
        assertThat(sandbox.path("ports")).isNotEmpty().allSatisfy(port -> assertThat(port.asText())
                .startsWith("127.0.0.1:"));
        assertThat(sandbox.path("read_only").asBoolean()).isTrue();
        assertThat(sandbox.path("cap_drop")).singleElement().satisfies(dropped -> assertThat(dropped.asText())
                .isEqualTo("ALL"));
        assertThat(sandbox.path("security_opt").toString()).contains("no-new-privileges:true");
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
