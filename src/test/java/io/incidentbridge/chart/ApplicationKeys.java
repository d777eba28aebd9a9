package io.incidentbridge.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The application's own configuration: the {@code bridge.*} mappings, read as the application reads them, and the models
 * of {@code quarkus.*} that the extensions carry.
 */
final class ApplicationKeys {

    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Path DEFAULTS = Path.of("src/main/resources/application.properties");

    /** A quoted or bracketed part of a documented key stands for any name. */
    private static final Pattern NAME = Pattern.compile("\"[^\"]+\"|<[^>]+>");

    private static final int BEFORE_DEFAULTS = 260;
    private static final int OF_DEFAULTS = 250;

    private final List<Class<?>> mappings;
    private final Set<String> bridge = documentedKeys();
    private final Set<String> quarkus = runTimeKeys();

    ApplicationKeys() {
        mappings = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.incidentbridge")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    /** Reads the configuration as production would; throws for an unknown key, a wrong type, or a missing value. */
    void accept(Properties properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withSources(source(properties, BEFORE_DEFAULTS), source(load(DEFAULTS), OF_DEFAULTS));
        mappings.forEach(builder::withMapping);
        builder.build();
    }

    /** Whether a key of bridge or Quarkus exists and can be set after the build. */
    boolean isKnown(String key) {
        return key.startsWith("bridge.")
                ? accepts(key)
                : quarkus.stream().anyMatch(known -> pattern(known).matcher(key).matches());
    }

    /** Whether a variable of the environment stands for a key, or is the JVM's own. */
    boolean isKnownVariable(String name) {
        return name.equals("JAVA_TOOL_OPTIONS")
                || Stream.concat(bridge.stream(), quarkus.stream())
                        .anyMatch(key -> variable(key).matcher(name).matches());
    }

    /** Whether some mapping takes it; {@link #accept} has looked at its value. */
    private boolean accepts(String key) {
        return mappings.stream()
                .map(mapping -> mapping.getAnnotation(ConfigMapping.class).prefix())
                .anyMatch(prefix -> key.startsWith(prefix + "."));
    }

    private static Set<String> documentedKeys() {
        try {
            return Pattern.compile("^\\| `(bridge\\.[^`]+)` \\|", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("docs/configuration.md")))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> runTimeKeys() {
        Set<String> keys = new HashSet<>();
        try {
            for (URL model :
                    Collections.list(ApplicationKeys.class.getClassLoader().getResources(MODEL))) {
                try (InputStream in = model.openStream()) {
                    collect(new ObjectMapper().readTree(in), keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void collect(JsonNode node, Set<String> keys) {
        JsonNode property = node.path("path").path("property");
        if (property.isTextual() && node.path("phase").asText().equals("RUN_TIME")) {
            keys.add(property.asText());
        }
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        children.forEach(child -> collect(child, keys));
    }

    private static Pattern pattern(String key) {
        String names = NAME.matcher(key).replaceAll("\\\\E(\"[^\"]+\"|[^.\"]+)\\\\Q");
        return Pattern.compile("\\Q" + names + "\\E(\\[\\d+])?");
    }

    private static Pattern variable(String key) {
        String upper = NAME.matcher(key).replaceAll("~").toUpperCase(Locale.ROOT);
        return Pattern.compile(upper.replaceAll("[^A-Z0-9~]", "_").replace("~", "[A-Z0-9_]+"));
    }

    private static ConfigSource source(Properties properties, int ordinal) {
        Map<String, String> entries = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        return new PropertiesConfigSource(entries, "ordinal " + ordinal, ordinal);
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
