package io.incidentbridge.integrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/** An exported Data Action, carried out as Genesys does: Velocity for the request, translation map for the answer. */
record DataAction(JsonNode export) {

    static final Path FOLDER = Path.of("integrations/genesys/actions");
    static final String BASE = "https://bridge.example.com";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final VelocityEngine VELOCITY = new VelocityEngine();

    static List<DataAction> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(DataAction::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return export.path("name").asText();
    }

    String method() {
        return export.at("/config/request/requestType").asText();
    }

    /** The path as OpenAPI writes it. */
    String path() {
        return export.at("/config/request/requestUrlTemplate")
                .asText()
                .replace("${credentials.baseUrl}", "")
                .replaceAll("\\?.*", "")
                .replaceAll("\\$esc\\.url\\(\\$\\{input\\.(\\w+)}\\)", "{$1}");
    }

    Set<String> queryParameters() {
        Set<String> names = new TreeSet<>();
        String[] parts =
                export.at("/config/request/requestUrlTemplate").asText().split("\\?", 2);
        if (parts.length > 1) {
            Stream.of(parts[1].split("&")).map(part -> part.split("=")[0]).forEach(names::add);
        }
        return names;
    }

    int timeoutSeconds() {
        return export.at("/config/timeoutSeconds").asInt();
    }

    JsonNode inputs() {
        return export.at("/contract/input/inputSchema/properties");
    }

    JsonNode requiredInputs() {
        return export.at("/contract/input/inputSchema/required");
    }

    JsonNode outputs() {
        return export.at("/contract/output/successSchema/properties");
    }

    JsonNode translations() {
        return export.at("/config/response/translationMap");
    }

    JsonNode defaults() {
        return export.at("/config/response/translationMapDefaults");
    }

    /** As Architect offers them: a list of objects is a list per field. */
    Set<String> flatOutputs() {
        Set<String> names = new TreeSet<>();
        outputs().properties().forEach(output -> {
            JsonNode fields = output.getValue().at("/items/properties");
            if (fields.isObject()) {
                fields.fieldNames().forEachRemaining(field -> names.add(output.getKey() + "." + field));
            } else {
                names.add(output.getKey());
            }
        });
        return names;
    }

    String url(Map<String, Object> inputs) {
        return fill(export.at("/config/request/requestUrlTemplate").asText(), inputs);
    }

    JsonNode body(Map<String, Object> inputs) {
        return parse(fill(export.at("/config/request/requestTemplate").asText(), inputs));
    }

    Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        export.at("/config/request/headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), fill(header.getValue().asText(), Map.of())));
        return headers;
    }

    /** What Architect gets of an answer. A path that finds nothing takes its default; a null stays one. */
    JsonNode answer(String body) {
        JsonNode answer = parse(body);
        Map<String, Object> values = new HashMap<>();
        translations().properties().forEach(translation -> {
            JsonNode found =
                    answer.at(translation.getValue().asText().replace("$", "").replace('.', '/'));
            values.put(
                    translation.getKey(),
                    found.isMissingNode()
                            ? defaults().path(translation.getKey()).asText()
                            : found.toString());
        });
        return parse(merge(export.at("/config/response/successTemplate").asText(), new VelocityContext(values)));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    @Override
    public String toString() {
        return name();
    }

    private static DataAction read(Path file) {
        try {
            JsonNode export = JSON.readTree(file.toFile());
            if (!(export instanceof ObjectNode)) {
                throw new AssertionError(file + " is no object");
            }
            return new DataAction(export);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Declaring emergencies needs a right of its own. */
    private String key() {
        return path().equals("/v1/emergencies") ? "sandbox-emergency" : "sandbox-data-action";
    }

    private String fill(String template, Map<String, Object> inputs) {
        VelocityContext context = new VelocityContext();
        context.put("input", inputs);
        context.put("esc", new Escapes());
        context.put("credentials", Map.of("baseUrl", BASE, "apiKey", key()));
        return merge(template, context);
    }

    private static String merge(String template, VelocityContext context) {
        StringWriter text = new StringWriter();
        VELOCITY.evaluate(context, text, "data action", template);
        return text.toString();
    }

    /** Genesys' escape macros. */
    public static final class Escapes {

        /** Null for no value, so that a quiet reference writes nothing. */
        public String jsonString(String text) {
            if (text == null) {
                return null;
            }
            String quoted = JSON.getNodeFactory().textNode(text).toString();
            return quoted.substring(1, quoted.length() - 1);
        }

        public String url(String text) {
            return text == null ? null : URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
