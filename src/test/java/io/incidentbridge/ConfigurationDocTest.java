package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} is made from the javadoc of the configuration interfaces; this fails when it is stale.
 * {@code ./mvnw test -Dtest=ConfigurationDocTest -Dbridge.docs.write=true} writes it anew.
 */
class ConfigurationDocTest {

    private static final Path SOURCES = Path.of("src/main/java/io/incidentbridge");
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final Path PREFACE = Path.of("src/test/resources/configuration-preface.md");

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern INTERFACE = Pattern.compile("interface (\\w+) \\{");
    /** Javadoc, annotations, type and name; without javadoc, too, so that it is missed. */
    private static final Pattern MEMBER = Pattern.compile(
            "(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?((?:@\\w+(?:\\((?:[^()\"]|\"[^\"]*\")*\\))?\\s*)*)"
                    + "([\\w.]+(?:<(?:[^;{}\"]|\"[^\"]*\")*>)?) (\\w+)\\(\\);",
            Pattern.DOTALL);

    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\\s*\"([^\"]*)\"\\)");
    private static final Pattern OPTIONAL = Pattern.compile("^(Optional|Map|List)<");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(bridge\\.[^`]+)` \\|");

    @Test
    void shouldDescribeEveryKey() throws IOException {
        StringBuilder page = new StringBuilder(Files.readString(PREFACE));
        for (Path file : configurations()) {
            page.append(section(Files.readString(file)));
        }
        if (Boolean.getBoolean("bridge.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }

    /** Every key that the mappings themselves take, whatever their sources look like. */
    @Test
    void shouldMissNoKeyOfAnyMapping() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Class<?> mapping : mappings()) {
            keys(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, keys);
        }

        assertThat(ROW.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void shouldSayOfEveryKeyWhatItMeans() throws IOException {
        for (Path file : configurations()) {
            assertThat(interfaces(read(file)).values()).as(file.toString()).allSatisfy(members -> assertThat(members)
                    .extracting(Member::meaning)
                    .allMatch(meaning -> !meaning.isBlank()));
        }
    }

    private static List<Class<?>> mappings() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.incidentbridge")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    private static void keys(String prefix, Class<?> group, Set<String> keys) {
        for (Method member : group.getDeclaredMethods()) {
            if (Modifier.isAbstract(member.getModifiers())) {
                collect(prefix + "." + dashed(member.getName()), member.getGenericReturnType(), keys);
            }
        }
    }

    /** A list of values is one key, a list of groups as many as the group has. */
    private static void collect(String key, Type type, Set<String> keys) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type inner = arguments[arguments.length - 1];
            boolean map = generic.getRawType() == Map.class;
            boolean list = generic.getRawType() == List.class && isGroup(inner);
            collect(key + (map ? ".<name>" : "") + (list ? "[0]" : ""), inner, keys);
        } else if (isGroup(type)) {
            keys(key, (Class<?>) type, keys);
        } else {
            keys.add(key);
        }
    }

    /** Interfaces of the platform, such as a path, are values. */
    private static boolean isGroup(Type type) {
        return type instanceof Class<?> known
                && known.isInterface()
                && known.getName().startsWith("io.incidentbridge.");
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> PREFIX.matcher(read(file)).find())
                    .sorted()
                    .toList();
        }
    }

    private static String section(String source) {
        Matcher prefix = PREFIX.matcher(source);
        prefix.find();
        Map<String, List<Member>> interfaces = interfaces(source);
        String root = interfaces.keySet().iterator().next();
        StringBuilder section = new StringBuilder(
                "\n## `" + prefix.group(1) + "`\n\n| Key | Default | Meaning |\n| --- | --- | --- |\n");
        rows(prefix.group(1), interfaces.get(root), interfaces, section);
        return section.toString();
    }

    /** Members belong to the interface that was opened last before them. */
    private static Map<String, List<Member>> interfaces(String source) {
        Map<String, List<Member>> interfaces = new LinkedHashMap<>();
        Map<Integer, String> starts = new LinkedHashMap<>();
        INTERFACE.matcher(source).results().forEach(found -> {
            starts.put(found.start(), found.group(1));
            interfaces.put(found.group(1), new ArrayList<>());
        });
        MEMBER.matcher(source).results().forEach(found -> {
            String owner = starts.entrySet().stream()
                    .filter(start -> start.getKey() < found.start())
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .getValue();
            interfaces.get(owner).add(Member.of(found.group(1), found.group(2), found.group(3), found.group(4)));
        });
        return interfaces;
    }

    private static void rows(
            String prefix, List<Member> members, Map<String, List<Member>> interfaces, StringBuilder page) {
        for (Member member : members) {
            String key = prefix + "." + dashed(member.name()) + (member.isMap() ? ".<name>" : "")
                    + (member.isNestedList(interfaces) ? "[0]" : "");
            List<Member> nested = interfaces.get(member.innermostType());
            if (nested == null || nested.isEmpty()) {
                page.append("| `" + key + "` | " + member.defaultText() + " | " + member.meaning() + " |\n");
            } else {
                rows(key, nested, interfaces, page);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Member(String meaning, String standard, boolean needed, String type, String name) {

        static Member of(String javadoc, String annotations, String type, String name) {
            String meaning = (javadoc == null ? "" : javadoc)
                    .replaceAll("\\s*\\n\\s*\\*", " ")
                    .replaceAll("\\{@(?:code|link)\\s+#?((?:[^{}]|\\{[^}]*})+)}", "`$1`")
                    .replaceAll("</?p>", "")
                    .replace("|", "\\|")
                    .replaceAll("\\s+", " ")
                    .strip();
            Matcher standard = DEFAULT.matcher(annotations);
            return new Member(
                    meaning,
                    standard.find() ? standard.group(1) : null,
                    annotations.contains("@NotEmpty") || !OPTIONAL.matcher(type).find(),
                    type,
                    name);
        }

        String innermostType() {
            return type.replaceAll(".*[<, ](\\w+)>+$", "$1");
        }

        boolean isMap() {
            return type.startsWith("Map<");
        }

        boolean isNestedList(Map<String, List<Member>> interfaces) {
            return type.contains("List<") && interfaces.containsKey(innermostType());
        }

        String defaultText() {
            if (standard != null) {
                return "`" + standard + "`";
            }
            return needed ? "required" : "none";
        }
    }
}
