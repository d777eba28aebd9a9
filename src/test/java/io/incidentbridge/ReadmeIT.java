package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's tour, command by command, with the addresses of a bridge and of vendors that are started for it. What the
 * bridge does after it has answered is left to the tests of the flows: a master incident, emergency routing, generated calls;
 * and whether a ticket is written within the answer depends on the machine.
 */
@Tag("processes")
@DisabledOnOs(OS.WINDOWS)
class ReadmeIT {

    private static final Path README = Path.of("README.md");
    private static final String ADDRESS = "http://localhost:8080";

    /** Two wrap-ups of one conversation, one while its topic's outage is open, and the outage's end. */
    private static final Pattern WRAPPED_UP = Pattern.compile(
            """
            "UNAVAILABLE".*
            \\{"status":"(CREATED|DEFERRED)".*
            \\{"status":"(CREATED|UPDATED|DEFERRED)".*
            "topic":"email","state":"OPEN".*
            \\{"status":"NOTED".*
            "topic":"email","state":"CLOSED"
            """
                    .replace("\n", ""),
            Pattern.DOTALL);

    /** So that a command fails that is answered with an error. */
    private static final String STRICT = "curl() { command curl --fail --show-error --max-time 60 \"$@\"; }\n";

    @TempDir
    Path folder;

    /** Whether it is done here what a page shows. */
    static boolean runs(Path page, String commands) {
        return page.equals(README) && commands.contains(ADDRESS);
    }

    @Test
    void shouldShowWhatTheReadmeSays() throws Exception {
        SandboxResource sandbox = new SandboxResource();
        try {
            Map<String, String> properties = new HashMap<>(sandbox.start());
            String vendors = properties.get("bridge.servicenow.url").replace("/sandbox/servicenow", "");
            try (BridgeProcess bridge = BridgeProcess.start(properties)) {
                sandbox.vendors().sendWebhooksTo(bridge.url());
                String script = SetUpDocsTest.commands(README).stream()
                        .filter(commands -> runs(README, commands))
                        .collect(Collectors.joining("\n"))
                        .replace(ADDRESS + "/sandbox", vendors + "/sandbox")
                        .replace(ADDRESS, bridge.url());

                String told = run(STRICT + script);

                assertThat(told)
                        .containsSubsequence(
                                "Abel Tuter",
                                "\"AMBIGUOUS\"",
                                "\"NOT_FOUND\"",
                                "\"FOUND\"",
                                "\"ENROLLED\"",
                                "\"FOUND\"",
                                "\"UNAVAILABLE\"")
                        .containsPattern(WRAPPED_UP);
            }
        } finally {
            sandbox.stop();
        }
    }

    private String run(String script) throws IOException, InterruptedException {
        Path told = folder.resolve("told");
        Process shell = new ProcessBuilder("sh", "-e", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        boolean ended = shell.waitFor(180, TimeUnit.SECONDS);
        shell.destroyForcibly();
        assertThat(ended && shell.exitValue() == 0)
                .as(() -> "sh said " + read(told))
                .isTrue();
        return Files.readString(told);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
