package io.incidentbridge.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, linted, rendered and refused by Helm itself. */
class ChartTest {

    @TempDir
    Path temp;

    static List<Path> examples() {
        return Chart.exampleValues();
    }

    @Test
    void shouldPassHelmsOwnStrictLint() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldRenderObjectsThatKubernetesKnows(Path values) {
        KubernetesObjects objects = Chart.render(values, Map.of());

        assertThat(objects.names()).contains("Deployment/bridge-incident-bridge", "Service/bridge-incident-bridge");
        assertThat(objects.names()).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseAFieldThatKubernetesDoesNotKnow() {
        assertThatThrownBy(() -> KubernetesObjects.parse("{apiVersion: v1, kind: Service, spec: {prots: []}}"))
                .hasMessageContaining("prots");
    }

    /** Kubernetes' Pod Security Standard "restricted", and what the bridge does not need beyond it. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldRunRestrictedPods(Path values) {
        assertThat(Chart.render(values, Map.of()).pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("volumes")).noneMatch(volume -> volume.has("hostPath"));
            assertThat(pod.path("containers")).allSatisfy(container -> {
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldMountWhatItsVolumesHold(Path values) {
        assertThat(Chart.render(values, Map.of()).pods()).allSatisfy(pod -> {
            Set<String> volumes = names(pod.path("volumes"));
            pod.path("containers").forEach(container -> assertThat(names(container.path("volumeMounts")))
                    .allMatch(mount -> volumes.contains(mount) || mount.equals("data")));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldSelectTheBridgesPods(Path values) {
        KubernetesObjects objects = Chart.render(values, Map.of());
        JsonNode labels = objects.one("Deployment", "bridge-incident-bridge").at("/spec/template/metadata/labels");

        for (String pointer :
                List.of("/spec/selector", "/spec/selector/matchLabels", "/spec/podSelector/matchLabels")) {
            Stream.of("Service/bridge-incident-bridge", "PodDisruptionBudget/bridge-incident-bridge")
                    .flatMap(name -> objects.all().stream()
                            .filter(object -> KubernetesObjects.name(object).equals(name)))
                    .map(object -> object.at(pointer))
                    .filter(selector ->
                            selector.isObject() && selector.path("matchLabels").isMissingNode())
                    .forEach(selector -> selector.properties().forEach(label -> assertThat(labels.path(label.getKey()))
                            .isEqualTo(label.getValue())));
        }
    }

    @Test
    void shouldGiveAStoppingReplicaTheTimeItAsksFor() {
        KubernetesObjects objects = Chart.render(
                Chart.values("minimal"), Map.of("shutdown.delaySeconds", 20, "shutdown.timeoutSeconds", 40));
        JsonNode spec = objects.one("Deployment", "bridge-incident-bridge").path("spec");

        assertThat(spec.at("/template/spec/terminationGracePeriodSeconds").asInt())
                .isGreaterThan(60);
        assertThat(spec.at("/strategy/rollingUpdate/maxUnavailable").asText()).isEqualTo("0");
        assertThat(spec.at("/template/spec/containers/0/readinessProbe/httpGet/port")
                        .asText())
                .isEqualTo("management");
        assertThat(Chart.properties(objects)).containsEntry("quarkus.shutdown.delay", "20s");
    }

    @Test
    void shouldRestartReplicasWhenTheConfigurationChanges() {
        assertThat(checksum(Map.of())).isNotEqualTo(checksum(Map.of("servicenow.auth", "basic")));
    }

    @Test
    void shouldMountSecretsAsFolders() {
        JsonNode pod = Chart.render("production")
                .one("Deployment", "bridge-incident-bridge")
                .at("/spec/template/spec");

        assertThat(pod.at("/containers/0/volumeMounts")).noneMatch(mount -> mount.has("subPath"));
        assertThat(pod.at("/containers/0/env"))
                .extracting((JsonNode variable) -> variable.path("name").asText())
                .containsExactly("JAVA_TOOL_OPTIONS", "BRIDGE_BUDGET_IDENTITY");
        assertThat(pod.path("volumes"))
                .filteredOn(volume -> volume.path("name").asText().equals("secrets"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.at("/projected/sources"))
                        .hasSize(2)
                        .allMatch(source -> source.has("secret")));
    }

    @Test
    void shouldDenyWhatIsNotNamed() {
        JsonNode policy = Chart.render("production")
                .one("NetworkPolicy", "bridge-incident-bridge")
                .path("spec");

        assertThat(policy.path("policyTypes")).extracting(JsonNode::asText).containsExactly("Ingress", "Egress");
        assertThat(policy.path("ingress")).hasSize(2).allMatch(rule -> rule.has("from") && rule.has("ports"));
        assertThat(policy.path("egress")).hasSize(4).allMatch(rule -> rule.has("ports"));
    }

    /** Sentinels and the master they name; hosts of one kind with a port of their own, a database, or neither. */
    @Test
    void shouldLetTheBridgeReachEveryPortOfRedis() {
        assertThat(redisPorts(Chart.render("production"))).containsExactly(6379, 26379);
        assertThat(redisPorts(ownRedis("rediss://bridge@redis.example:6380/2"))).containsExactly(6379, 6380);
        assertThat(redisPorts(ownRedis("redis://redis.example"))).containsExactly(6379);
    }

    /** An example that is copied must not deny what it sets up. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldLetInThePrometheusThatItTellsToCome(Path values) {
        KubernetesObjects objects = Chart.render(values, Map.of());

        if (Stream.concat(objects.ofKind("PodMonitor"), objects.ofKind("ServiceMonitor"))
                .findAny()
                .isPresent()) {
            assertThat(objects.one("NetworkPolicy", "bridge-incident-bridge").at("/spec/ingress"))
                    .anyMatch(rule -> rule.at("/ports/0/port").asText().equals("management"));
        }
    }

    @Test
    void shouldKeepTheManagementPortOffThePublicService() {
        KubernetesObjects objects = Chart.render("production");

        assertThat(objects.one("Service", "bridge-incident-bridge").at("/spec/ports"))
                .extracting(port -> port.path("targetPort").asText())
                .containsExactly("https");
        assertThat(objects.one("Service", "bridge-incident-bridge-management")
                        .at("/spec/type")
                        .asText())
                .isEmpty();
    }

    @Test
    void shouldLetTheScalerCountReplicas() {
        KubernetesObjects objects = Chart.render("production");

        assertThat(objects.one("Deployment", "bridge-incident-bridge")
                        .at("/spec/replicas")
                        .isMissingNode())
                .isTrue();
        assertThat(objects.one("HorizontalPodAutoscaler", "bridge-incident-bridge")
                        .at("/spec/minReplicas")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldShareTheBudgetAmongAsManyReplicasAsTheScalerMayStart() {
        KubernetesObjects objects = Chart.render("production");
        int most = objects.one("HorizontalPodAutoscaler", "bridge-incident-bridge")
                .at("/spec/maxReplicas")
                .asInt();

        assertThat(objects.one("ConfigMap", "bridge-incident-bridge")
                        .at("/data/application.properties")
                        .asText())
                .contains("bridge.budget.replicas=" + most + "\n");
    }

    @Test
    void shouldPreferTheDigest() {
        assertThat(image("production")).contains("@sha256:");
        assertThat(image("minimal")).isEqualTo("ghcr.io/incident-bridge/incident-bridge:0.1.0-SNAPSHOT");
    }

    @Test
    void shouldShipWhateverDashboardsAndAlertsThereAre() throws IOException {
        Path copy = copyOfTheChart();
        Files.createDirectories(copy.resolve("alerts"));
        Files.createDirectories(copy.resolve("dashboards"));
        Files.writeString(
                copy.resolve("alerts/trial.yaml"),
                "groups:\n  - name: trial\n    rules:\n      - alert: Trial\n        expr: up == 0\n        annotations:\n"
                        + "          summary: \"{{ $labels.pod }} is down\"\n");
        Files.writeString(copy.resolve("dashboards/trial.json"), "{\n  \"title\": \"{{pod}}\"\n}\n");

        KubernetesObjects objects = KubernetesObjects.parse(Chart.text(copy, Chart.values("production"), Map.of()));

        assertThat(objects.one("PrometheusRule", "bridge-incident-bridge-trial")
                        .at("/spec/groups/0/rules/0/annotations/summary")
                        .asText())
                .isEqualTo("{{ $labels.pod }} is down");
        assertThat(objects.one("ConfigMap", "bridge-incident-bridge-dashboard-trial")
                        .at("/data/trial.json")
                        .asText())
                .isEqualTo("{\n  \"title\": \"{{pod}}\"\n}");
    }

    @Test
    void shouldTellWhereTheRunbooksAre() {
        assertThat(runbooks(Map.of()))
                .isNotEmpty()
                .allMatch(url -> url.matches("https://github\\.com/.+/docs/runbooks/Bridge\\w+\\.md"));
        assertThat(runbooks(Map.of("monitoring.prometheusRule.runbooks", "https://wiki.acme.example/bridge/")))
                .isNotEmpty()
                .allMatch(url -> url.matches("https://wiki\\.acme\\.example/bridge/Bridge\\w+\\.md"));
    }

    @Test
    void shouldAskOnlyClientsForACertificateThatHaveOne() {
        assertThat(Chart.properties(Chart.render("production")))
                .containsEntry("bridge.security.client-certificates", "request")
                .containsEntry("bridge.security.clients.genesys.certificate", "true")
                .doesNotContainKey("bridge.security.clients.operators.certificate");
    }

    /** Its first values are a whole file, the further ones go beside it. */
    @Test
    void shouldAcceptTheValuesOfTheInstallGuide() throws IOException {
        List<String> blocks = Pattern.compile("(?s)```yaml\\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/install.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        TemplateCommand command =
                new Helm(Chart.FOLDER).template().withName("bridge").withKubeVersion("1.32.0");
        for (int block = 0; block < blocks.size(); block++) {
            command.withValuesFile(Files.writeString(temp.resolve(block + ".yaml"), blocks.get(block)));
        }

        assertThat(blocks).hasSizeGreaterThan(1);
        assertThat(Chart.properties(KubernetesObjects.parse(command.call())))
                .containsEntry("bridge.security.clients.genesys.certificate", "true");
    }

    @Test
    void shouldKeepEverySecretOutOfTheConfigMap() throws IOException {
        Set<String> keys = documentedKeys();
        List<String> secrets = Stream.concat(
                        keys.stream().filter(key -> !key.endsWith("-id")).filter(key -> hasFile(keys, key)),
                        Stream.of(
                                "bridge.audit.old-keys",
                                "%prod.bridge.jira.token",
                                "bridge.security.clients.acme.keys[0]",
                                "quarkus.redis.password",
                                "quarkus.oidc.credentials.client-secret.value"))
                .toList();
        assertThat(secrets)
                .contains(
                        "bridge.pagerduty.token",
                        "bridge.audit.key",
                        "bridge.agent-page.key",
                        "bridge.webhook.jira.acme.secrets",
                        "bridge.servicenow.client-secret");
        Path values = withConfig(secrets);

        assertThatThrownBy(() -> Chart.render(values, Map.of())).satisfies(refused -> {
            assertThat(secrets).allSatisfy(key -> assertThat(refused).hasMessageContaining("config." + key + ": "));
            assertThat(Pattern.compile("files? of secrets and set (\\S+)")
                            .matcher(refused.getMessage())
                            .results()
                            .map(found -> found.group(1)))
                    .hasSizeGreaterThan(10)
                    .isSubsetOf(keys);
        });
    }

    @Test
    void shouldLetTheConfigMapNameTheFilesOfSecrets() throws IOException {
        Path values = withConfig(documentedKeys().stream()
                .filter(key -> key.matches(".*-files?"))
                .toList());

        assertThat(Chart.properties(Chart.render(values, Map.of())))
                .containsKeys("bridge.jira.token-file", "bridge.webhook.jira.acme.secret-files");
    }

    @Test
    void shouldReadNumbersAsTheyAreWritten() {
        KubernetesObjects objects =
                Chart.render(Chart.values("minimal"), Map.of("config.bridge\\.idempotency\\.max-reply-bytes", 1000000));

        assertThat(Chart.properties(objects)).containsEntry("bridge.idempotency.max-reply-bytes", "1000000");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("replica", 3, "replica"),
                Arguments.of("replicas", 0, "replicas"),
                Arguments.of("servicenow.url", "http://acme.service-now.com", "servicenow"),
                Arguments.of("servicenow.auth", "oauth", "auth"),
                Arguments.of("genesys.region", "https://api.mypurecloud.de", "region"),
                Arguments.of("clients.genesys.rights[0]", "admin", "rights"),
                Arguments.of("clients.genesys.keyFile", "/etc/passwd", "keyFile"),
                Arguments.of("redis.mode", "ring", "mode"),
                Arguments.of("redis.hosts[0]", "redis.example:6379", "hosts"),
                Arguments.of("config.servicenow\\.url", "x", "servicenow.url"),
                Arguments.of("image.digest", "latest", "digest"),
                Arguments.of("tls.clientCertificates", "maybe", "clientCertificates"),
                Arguments.of("networkPolicy.vendors.cidrs[0]", "acme.service-now.com", "cidrs"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseAWrongValueAndNameIt(String path, Object value, String named) {
        assertThatThrownBy(() -> Chart.render(Chart.values("minimal"), Map.of(path, value)))
                .hasMessageContaining(named);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of(Map.of("servicenow.url", ""), "servicenow.url"),
                Arguments.of(Map.of("genesys.region", ""), "genesys.region"),
                Arguments.of(Map.of("secrets.existing", "null"), "secrets.existing"),
                Arguments.of(Map.of("redis.mode", "standalone"), "redis.hosts"),
                Arguments.of(Map.of("redis.mode", "sentinel"), "redis.masterName"),
                Arguments.of(Map.of("tls.enabled", true), "tls.secretName"),
                Arguments.of(Map.of("tls.clientCertificates", "required"), "tls.clientCaSecretName"),
                Arguments.of(Map.of("clients.genesys.certificate", true), "tls.clientCertificates"),
                Arguments.of(
                        Map.of("redis.mode", "standalone", "redis.hosts[0]", "redis://:geheim@redis:6379"),
                        "redis.passwordFile"),
                Arguments.of(Map.of("ingress.enabled", true), "ingress.host"),
                Arguments.of(
                        Map.of("monitoring.podMonitor.enabled", true, "monitoring.serviceMonitor.enabled", true),
                        "monitoring"),
                Arguments.of(
                        Map.of("config.bridge\\.servicenow\\.client-secret", "x"),
                        "config.bridge.servicenow.client-secret"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void shouldSayWhatIsMissing(Map<String, Object> values, String named) {
        assertThatThrownBy(() -> Chart.render(Chart.values("minimal"), values))
                .hasMessageContaining("Incident Bridge needs")
                .hasMessageContaining(named);
    }

    private static KubernetesObjects ownRedis(String host) {
        return Chart.render(Chart.values("minimal"), Map.of("redis.mode", "standalone", "redis.hosts[0]", host));
    }

    /** The rule for Redis follows those for names and vendors. */
    private static List<Integer> redisPorts(KubernetesObjects objects) {
        JsonNode egress = objects.one("NetworkPolicy", "bridge-incident-bridge").at("/spec/egress");
        return StreamSupport.stream(egress.get(2).path("ports").spliterator(), false)
                .map(port -> port.path("port").asInt())
                .toList();
    }

    private static List<String> runbooks(Map<String, Object> set) {
        return Chart.render(Chart.values("production"), set)
                .ofKind("PrometheusRule")
                .flatMap(rule -> rule.findValuesAsText("runbook_url").stream())
                .toList();
    }

    /** With a name wherever an operator chooses one. */
    private static Set<String> documentedKeys() throws IOException {
        return Pattern.compile("(?m)^\\| `(bridge\\.[^`]+)` \\|")
                .matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(found -> found.group(1).replace("<name>", "acme"))
                .collect(Collectors.toSet());
    }

    private static boolean hasFile(Set<String> keys, String key) {
        return keys.contains(key + "-file") || keys.contains(key.replaceAll("s$", "") + "-files");
    }

    private Path withConfig(List<String> keys) throws IOException {
        String config = keys.stream().map(key -> "  '" + key + "': x\n").collect(Collectors.joining());
        return Files.writeString(
                temp.resolve("values.yaml"), Files.readString(Chart.values("minimal")) + "config:\n" + config);
    }

    private Path copyOfTheChart() throws IOException {
        Path copy = temp.resolve("incident-bridge");
        try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(Chart.FOLDER.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static String checksum(Map<String, Object> set) {
        return Chart.render(Chart.values("minimal"), set)
                .one("Deployment", "bridge-incident-bridge")
                .at("/spec/template/metadata/annotations/checksum~1config")
                .asText();
    }

    private static String image(String example) {
        return Chart.render(example)
                .one("Deployment", "bridge-incident-bridge")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private static Set<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(entry -> entry.path("name").asText())
                .collect(Collectors.toSet());
    }
}
