package io.incidentbridge;

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

/**
 * {@code docs/metrics.md} is made from the package {@code metrics} and its javadoc; this fails when it is stale.
 * {@code ./mvnw test -Dtest=MetricsDocTest -Dbridge.docs.write=true} writes it anew.
 */
class MetricsDocTest {

    private static final Path SOURCES = Path.of("src/main/java/io/incidentbridge/metrics");
    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final Path PREFACE = Path.of("src/test/resources/metrics-preface.md");

    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public [^{;=]*?void \\w+\\((.*?)\\n    }\\n", Pattern.DOTALL);
    private static final Pattern METER =
            Pattern.compile("(Timer|Counter|Gauge)\\.builder\\(\"([\\w.]+)\"(.*?)\\.register\\(", Pattern.DOTALL);
    private static final Pattern DESCRIPTION = Pattern.compile("\\.description\\(\"([^\"]+)\"\\)");
    private static final Pattern LABEL = Pattern.compile("\\.tag\\(\"(\\w+)\"");
    private static final Pattern NAME = Pattern.compile("\\bbridge_\\w+");

    @Test
    void shouldDescribeEveryMetric() throws IOException {
        String source = sources();
        List<Metric> metrics = METHOD.matcher(source)
                .results()
                .flatMap(MetricsDocTest::metrics)
                .toList();
        String page =
                Files.readString(PREFACE) + "\n| Metric | Labels | Question | What it is |\n| --- | --- | --- | --- |\n"
                        + metrics.stream().map(Metric::row).collect(Collectors.joining());
        if (Boolean.getBoolean("bridge.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
        assertThat(metrics).hasSize(source.split("\\.builder\\(", -1).length - 1);
    }

    @Test
    void shouldAlertOnlyOnMetricsThatExist() throws IOException {
        List<String> known = METHOD.matcher(sources())
                .results()
                .flatMap(MetricsDocTest::metrics)
                .map(Metric::name)
                .toList();

        assertThat(NAME.matcher(Files.readString(PREFACE)).results().map(found -> found.group()
                        .replaceAll("_(count|sum|max|bucket)$", "")))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().map(MetricsDocTest::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The javadoc of a method starts with the names of its metrics, then a colon, then the question. */
    private static Stream<Metric> metrics(MatchResult method) {
        String[] javadoc = plain(method.group(1)).split(": ", 2);
        List<Metric> metrics = METER.matcher(method.group(2))
                .results()
                .map(meter -> Metric.of(meter, javadoc[1]))
                .toList();
        assertThat(NAME.matcher(javadoc[0]).results().map(MatchResult::group))
                .containsExactlyElementsOf(metrics.stream().map(Metric::name).toList());
        return metrics.stream();
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s*\\n\\s*\\*", " ")
                .replaceAll("\\{@code ([^}]+)}", "`$1`")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private record Metric(String name, String labels, String question, String meaning) {

        static Metric of(MatchResult meter, String question) {
            String suffix =
                    switch (meter.group(1)) {
                        case "Timer" -> "_seconds";
                        case "Counter" -> "_total";
                        default -> "";
                    };
            String labels = LABEL.matcher(meter.group(3))
                    .results()
                    .map(label -> "`" + label.group(1) + "`")
                    .collect(Collectors.joining(", "));
            String description = DESCRIPTION
                    .matcher(meter.group(3))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            return new Metric(
                    meter.group(2).replace('.', '_') + suffix,
                    labels.isEmpty() ? "none" : labels,
                    question.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + question.substring(1),
                    meter.group(1) + ": " + description);
        }

        String row() {
            return "| `" + name + "` | " + labels + " | " + question + " | " + meaning + " |\n";
        }
    }
}
