package io.incidentbridge.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The chart as Helm itself renders it, in the release {@code bridge} of the namespace {@code service-desk}. */
final class Chart {

    static final Path FOLDER = Path.of("helm/incident-bridge");

    private Chart() {}

    static List<Path> exampleValues() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    /** @param set values by path, as {@code --set} takes them */
    static KubernetesObjects render(Path values, Map<String, Object> set) {
        return KubernetesObjects.parse(text(FOLDER, values, set));
    }

    static KubernetesObjects render(String example) {
        return render(values(example), Map.of());
    }

    static String text(Path folder, Path values, Map<String, Object> set) {
        TemplateCommand command = new Helm(folder)
                .template()
                .withName("bridge")
                .withNamespace("service-desk")
                .withKubeVersion("1.32.0")
                .withValuesFile(values);
        set.forEach(command::set);
        return command.call();
    }

    /** As plain manifests: no release's name, no Helm. */
    static String plain(Path values) {
        return new Helm(FOLDER)
                .template()
                .withName("incident-bridge")
                .withKubeVersion("1.32.0")
                .withValuesFile(values)
                .call();
    }

    /** What the application reads, from the rendered ConfigMap. */
    static Properties properties(KubernetesObjects objects) {
        String text = objects.one("ConfigMap", "bridge-incident-bridge")
                .path("data")
                .path("application.properties")
                .asText();
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
