package io.incidentbridge.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every Terraform that the module allows takes. */
class TerraformTest {

    private static final Path MODULE = Path.of("integrations/genesys/terraform");

    private static final Pattern SECRET_VARIABLE =
            Pattern.compile("variable \"(\\w+)\" \\{[^{}]*\\bsensitive\\s*=\\s*true[^{}]*}");
    private static final Pattern LOCAL_MAP = Pattern.compile("(?m)^  (\\w+)\\s*=\\s*\\{([^{}]*)}");
    private static final Pattern LOOP = Pattern.compile("\\bfor_each\\s*=\\s*(.+)");

    /** No Terraform loops over a secret, and those before 1.7 refuse nonsensitive() of what is none. */
    @Test
    void shouldLoopOverNothingThatIsASecret() throws IOException {
        String module = text();
        List<String> variables = SECRET_VARIABLE
                .matcher(module)
                .results()
                .map(found -> "var." + found.group(1))
                .toList();
        List<String> locals = LOCAL_MAP
                .matcher(module)
                .results()
                .filter(found -> variables.stream().anyMatch(found.group(2)::contains))
                .map(found -> "local." + found.group(1))
                .toList();

        assertThat(variables).contains("var.data_action_key", "var.emergency_key");
        assertThat(locals).contains("local.keys");
        assertThat(module).doesNotContain("nonsensitive(");
        assertThat(LOOP.matcher(module).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(loop -> assertThat(Stream.concat(variables.stream(), locals.stream()))
                        .noneMatch(loop::contains));
    }

    private static String text() throws IOException {
        try (Stream<Path> files = Files.list(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .sorted()
                    .map(TerraformTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
