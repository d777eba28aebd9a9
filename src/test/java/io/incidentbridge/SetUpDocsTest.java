package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands in the set-up guides work here, or say what they need; links lead somewhere. */
class SetUpDocsTest {

    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern MAVEN = Pattern.compile("(?:`|(?m:^))\\./mvnw ([^`\\n]+)");
    private static final Pattern NEEDS = Pattern.compile(
            "# needs (a terminal of its own|a cluster|the installed bridge|ServiceNow|Genesys Cloud|a Redis|the registry)\\n(?s).*");

    /** A file, or the folder, that commands read which cannot be run here. */
    private static final Pattern SECRET = Pattern.compile("\\bsecrets/[\\w-]*");

    @TempDir
    Path folder;

    static List<Path> pages() {
        return Stream.of(
                        "README.md",
                        "CONTRIBUTING.md",
                        "docs/README.md",
                        "docs/install.md",
                        "docs/genesys.md",
                        "docs/servicenow.md",
                        "docs/sizing.md",
                        "docs/upgrade.md",
                        "docs/recovery.md",
                        "docs/security.md",
                        "docs/data-protection.md",
                        "docs/observability.md",
                        "k8s/README.md",
                        "integrations/genesys/README.md",
                        "integrations/genesys/agent-script.md")
                .map(Path::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldShowCommandsThatWorkOrSayWhatTheyNeed(Path page) {
        List<String> runnable = new ArrayList<>();
        commands(page).forEach(commands -> {
            assertThat(run("sh", "-n", "-c", commands))
                    .as("syntax of\n" + commands)
                    .isZero();
            if (commands.startsWith("./mvnw ")) {
                assertThat(read(Path.of(".ci/run")).replace(" -B -ntp", "")).contains(commands.strip());
            } else if (!NEEDS.matcher(commands).matches() && !ReadmeIT.runs(page, commands)) {
                runnable.add(commands);
            }
        });
        String script = inOneShell(runnable);

        assertThat(run("sh", "-e", "-c", script)).as(script).isZero();
        if (Files.exists(folder.resolve("secrets"))) {
            assertThat(SECRET.matcher(String.join("\n", commands(page)))
                            .results()
                            .map(MatchResult::group))
                    .allSatisfy(file -> assertThat(folder.resolve(file)).exists());
        }
    }

    /** As a reader carries them out: one after another, and none leaves the folder that the next one begins in. */
    private static String inOneShell(List<String> runnable) {
        return runnable.stream()
                .map(commands -> commands + "\n[ \"$PWD\" = \"$begun\" ]\n")
                .collect(Collectors.joining("", "begun=$PWD\n", ""));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldAskMavenForWhatTheBuildHas(Path page) {
        String pom = read(Path.of("pom.xml"));
        MAVEN.matcher(read(page))
                .results()
                .flatMap(match -> Stream.of(match.group(1).strip().split(" +")))
                .filter(word -> !word.startsWith("-D") && !word.equals("-B") && !word.equals("-ntp"))
                .forEach(word -> assertThat(pom).as(word).contains(inPom(word)));
    }

    /** How the build names a plugin, a profile or a phase that it has to be asked for. */
    private static String inPom(String word) {
        if (word.startsWith("-P")) {
            return "<id>" + word.substring(2) + "</id>";
        }
        if (word.contains(":")) {
            return "<artifactId>" + word.substring(0, word.indexOf(':')) + "-maven-plugin</artifactId>";
        }
        assertThat(word).isIn("compile", "test", "package", "verify");
        return "";
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatExists(Path page) {
        assertThat(LINK.matcher(read(page)).results().map(match -> match.group(1)))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    static List<String> commands(Path page) {
        return COMMANDS.matcher(read(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private int run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
