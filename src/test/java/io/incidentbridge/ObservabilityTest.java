package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules and dashboards of the chart ask only for metrics that exist, and every alert has its runbook. */
class ObservabilityTest {

    private static final Path ALERTS = Path.of("helm/incident-bridge/alerts/incident-bridge.yaml");
    private static final Path DASHBOARDS = Path.of("helm/incident-bridge/dashboards");
    private static final Path RUNBOOKS = Path.of("docs/runbooks");
    private static final Path RULE_TESTS = Path.of("src/test/prometheus");

    private static final Pattern METRIC = Pattern.compile("\\bbridge_[a-z_]+");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z_]+)[{\\[]");
    private static final Pattern LABELS = Pattern.compile("(bridge_[a-z_]+)\\{([^}]*)}");
    private static final Pattern DESCRIBED = Pattern.compile("(?m)^\\| `(bridge_\\w+)` \\| ([^|]*) \\|");
    /** A rule test in which the alert fires. */
    private static final Pattern FIRED = Pattern.compile("alertname: (\\w+)\\s+exp_alerts:");

    /** Of Prometheus itself, for each target: one Prometheus may watch several installations. */
    private static final String INSTALLATION = "namespace";

    /** A sum, or a join, over all installations. */
    private static final Pattern MIXED = Pattern.compile(
            "\\b(sum|max|min|avg|count)(\\(| by \\((?!namespace[,)])| without)|\\b(on|ignoring) ?\\((?!namespace[,)])");

    private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"(.*)\",");
    private static final Pattern SERIES =
            Pattern.compile("\\b(?:bridge|http_server)_[a-z_]+(?!\\{namespace=~)(?=[^a-z_])");
    private static final Pattern RUNBOOK = Pattern.compile("alert: (\\w+)(?s:(?!alert:).)*?runbook_url: (\\S+)");

    private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");

    @ParameterizedTest
    @MethodSource("files")
    void shouldAskOnlyForMetricsThatExist(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(METRIC.matcher(text).results().map(found -> name(found.group())))
                .isNotEmpty()
                .isSubsetOf(metrics());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldAskOfThePlatformOnlyForWhatIsSeenToBeExposed(Path file) throws IOException {
        // MetricsResourceTest sees it.
        assertThat(SELECTOR.matcher(Files.readString(file)).results().map(found -> name(found.group(1))))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("bridge_") || name.equals("http_server_requests_seconds"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldChooseOnlyByLabelsThatExist(Path file) throws IOException {
        String pages = Files.readString(Path.of("docs/metrics.md"));
        for (var chosen : LABELS.matcher(Files.readString(file).replace("\\\"", "\""))
                .results()
                .toList()) {
            String row = DESCRIBED
                    .matcher(pages)
                    .results()
                    .filter(described -> described.group(1).equals(name(chosen.group(1))))
                    .map(described -> described.group(2))
                    .collect(Collectors.joining());
            Stream.of(chosen.group(2).split(","))
                    .map(label -> label.split("[=!]")[0].strip())
                    .filter(label -> !label.equals(INSTALLATION))
                    .forEach(label -> assertThat(row).contains("`" + label + "`"));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNotHideOneInstallationsTroubleBehindAnothersHealth(Path file) throws IOException {
        assertThat(MIXED.matcher(Files.readString(file)).results().map(MatchResult::group))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldShowTheInstallationThatIsChosen(Path file) throws IOException {
        assertThat(EXPRESSION.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(expression ->
                        assertThat(SERIES.matcher(expression).find()).isFalse());
        assertThat(new JsonObject(Files.readString(file))
                        .getJsonObject("templating").getJsonArray("list").stream()
                                .map(variable -> ((JsonObject) variable).getString("name")))
                .contains(INSTALLATION);
    }

    /** Whoever is woken up opens it in a browser. */
    @Test
    void shouldNameEachRunbookByItsAddress() throws IOException {
        String home = Files.readString(Path.of("helm/incident-bridge/Chart.yaml"))
                .lines()
                .filter(line -> line.startsWith("home: "))
                .map(line -> line.substring("home: ".length()))
                .findFirst()
                .orElseThrow();
        String alerts = Files.readString(ALERTS);

        assertThat(RUNBOOK.matcher(alerts).results())
                .hasSize((int) ALERT.matcher(alerts).results().count())
                .allSatisfy(found -> assertThat(found.group(2))
                        .isEqualTo(home + "/blob/main/docs/runbooks/" + found.group(1) + ".md"));
    }

    @Test
    void shouldHaveARunbookForEveryAlert() throws IOException {
        Set<String> alerts = ALERT.matcher(Files.readString(ALERTS))
                .results()
                .map(found -> found.group(1) + ".md")
                .collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(alerts);
        }
    }

    @Test
    void shouldTestTheRuleOfEveryAlert() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (Path file : ruleTests()) {
            tests.append(Files.readString(file));
        }
        Set<String> fired =
                FIRED.matcher(tests).results().map(found -> found.group(1)).collect(Collectors.toSet());

        assertThat(ALERT.matcher(Files.readString(ALERTS)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(fired).contains(alert));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldBeADashboardWithADescribedPlaceForEveryPanel(Path file) throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(file));

        assertThat(dashboard.getString("uid"))
                .isEqualTo(file.getFileName().toString().replace(".json", ""));
        assertThat(dashboard.getJsonArray("panels")).isNotEmpty().allSatisfy(panel -> assertThat(
                        ((JsonObject) panel).getJsonArray("targets"))
                .isNotEmpty());
    }

    /** Needs promtool, of Debian's package prometheus. */
    @Test
    void shouldFireAsTheRulesAreTested() throws IOException, InterruptedException {
        assumeThat(isOnPath("promtool")).as("promtool is installed").isTrue();
        List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
        ruleTests().forEach(file -> command.add(file.toString()));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes());

        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
    }

    private static List<Path> ruleTests() throws IOException {
        try (Stream<Path> files = Files.list(RULE_TESTS)) {
            return files.sorted().toList();
        }
    }

    static Stream<Path> files() throws IOException {
        return Stream.concat(Stream.of(ALERTS), dashboards());
    }

    static Stream<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return List.copyOf(files.sorted().toList()).stream();
        }
    }

    private static Set<String> metrics() throws IOException {
        return DESCRIBED
                .matcher(Files.readString(Path.of("docs/metrics.md")))
                .results()
                .map(described -> described.group(1))
                .collect(Collectors.toSet());
    }

    private static String name(String series) {
        return series.replaceAll("_(count|sum|max|bucket)$", "");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
