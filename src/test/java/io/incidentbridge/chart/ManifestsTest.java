package io.incidentbridge.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * {@code k8s/base} is rendered from the chart with {@code k8s/values.yaml}; this fails when it is stale. {@code ./mvnw test
 * -Dtest=ManifestsTest -Dbridge.docs.write=true} writes it anew.
 */
class ManifestsTest {

    private static final Path FOLDER = Path.of("k8s");
    private static final Path BASE = FOLDER.resolve("base");
    private static final Path EXAMPLE = FOLDER.resolve("example/kustomization.yaml");

    @Test
    void shouldBeWhatTheChartRenders() throws IOException {
        Map<String, String> rendered = rendered();
        if (Boolean.getBoolean("bridge.docs.write")) {
            write(rendered);
        }

        assertThat(files()).isEqualTo(rendered);
    }

    @Test
    void shouldBeObjectsThatKubernetesKnows() throws IOException {
        assertThat(KubernetesObjects.parse(objects()).names())
                .contains("Deployment/incident-bridge", "NetworkPolicy/incident-bridge");
    }

    @Test
    void shouldChangeInTheExampleOnlyWhatExists() throws IOException {
        JsonNode example = KubernetesObjects.document(Files.readString(EXAMPLE));
        List<String> names = KubernetesObjects.parse(objects()).names();
        ApplicationKeys keys = new ApplicationKeys();

        assertThat(example.path("patches")).isNotEmpty().allSatisfy(patch -> {
            JsonNode object = KubernetesObjects.document(patch.path("patch").asText());
            assertThat(names).contains(KubernetesObjects.name(object));
            assertThat(object.at("/spec/template/spec/containers/0/env"))
                    .allMatch(variable ->
                            keys.isKnownVariable(variable.path("name").asText()));
        });
    }

    /** One file per template, and the kustomization that names them. */
    private static Map<String, String> rendered() {
        Map<String, String> files = new TreeMap<>();
        String text = Chart.plain(FOLDER.resolve("values.yaml"));
        for (String document : text.split("(?m)^---\\n")) {
            if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                String source = document.lines().findFirst().orElseThrow().replaceAll(".*/templates/(.*)", "$1");
                String object = document.lines().skip(1).collect(Collectors.joining("\n", "", "\n"));
                files.merge(source, object.strip() + "\n", (first, second) -> first + "---\n" + second);
            }
        }
        files.remove("tests/reachable.yaml");
        files.put(
                "kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
                        + files.keySet().stream()
                                .map(name -> "  - " + name + "\n")
                                .collect(Collectors.joining()));
        return files;
    }

    private static void write(Map<String, String> rendered) throws IOException {
        Files.createDirectories(BASE);
        for (String stale : files().keySet()) {
            Files.delete(BASE.resolve(stale));
        }
        for (Map.Entry<String, String> file : rendered.entrySet()) {
            Files.writeString(BASE.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(BASE)) {
            for (Path file : (Iterable<Path>) found::iterator) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static String objects() throws IOException {
        JsonNode resources =
                KubernetesObjects.document(files().get("kustomization.yaml")).path("resources");
        Map<String, String> files = files();
        return StreamSupport.stream(resources.spliterator(), false)
                .map(name -> files.get(name.asText()))
                .collect(Collectors.joining("---\n"));
    }
}
