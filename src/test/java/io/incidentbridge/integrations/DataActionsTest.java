package io.incidentbridge.integrations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exported Data Actions against the bridge's own OpenAPI, and carried out against the bridge. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class DataActionsTest {

    private static final String HOSTILE = "\"}{ \\ ${input.x} $esc #if end\n\u00e9";

    private static final String CALL = UUID.randomUUID().toString();

    Vendors vendors;

    static List<DataAction> actions() {
        return DataAction.all();
    }

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldSendWhatTheContractTakes(DataAction action) {
        JsonNode operation = operation(action);
        JsonNode schema = resolve(operation.at("/requestBody/content/application~1json/schema"));

        Set<String> taken = names(schema.path("properties"));
        operation
                .path("parameters")
                .forEach(parameter -> taken.add(parameter.path("name").asText()));
        // Not for the bridge but for caches on the way: another value, another request.
        taken.add("cacheBust");
        assertThat(taken).containsAll(action.queryParameters());
        if (action.method().equals("POST")) {
            Set<String> sent = names(action.body(inputs(action)));
            assertThat(taken).containsAll(sent);
            assertThat(sent).containsAll(texts(schema.path("required")));
        }
    }

    /** Draft 4 of JSON Schema, which the contracts name, forbids an empty list. */
    @ParameterizedTest
    @MethodSource("actions")
    void shouldRequireOnlyInputsOfTheContractAndNeverAnEmptyList(DataAction action) {
        JsonNode required = action.requiredInputs();

        assertThat(required.isMissingNode() || !required.isEmpty()).isTrue();
        assertThat(names(action.inputs())).containsAll(texts(required));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldReadWhatTheContractAnswers(DataAction action) {
        JsonNode answer = answerSchema(operation(action)).path("properties");

        assertThat(names(action.translations()))
                .isEqualTo(names(action.defaults()))
                .isEqualTo(names(action.outputs()));
        action.translations().properties().forEach(translation -> {
            String field = translation.getValue().asText().replace("$.", "");
            JsonNode described = resolve(answer.path(field));
            assertThat(described.isMissingNode()).as(field + " is answered").isFalse();
            assertThat(action.outputs().at("/" + translation.getKey() + "/type").asText())
                    .as("type of " + field)
                    .isEqualTo(type(described));
        });
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldGiveArchitectNoNullWhateverIsMissing(DataAction action) {
        assertAnswers(action, action.answer("{}"));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldBeCarriedOutByTheBridge(DataAction action) {
        // what it asks about exists
        actions().stream()
                .filter(other -> other.method().equals("POST") && action.path().startsWith(other.path() + "/"))
                .forEach(other -> send(other, inputs(other)));

        Response response = send(action, inputs(action));

        assertThat(response.statusCode()).as(response.asString()).isIn(200, 202);
        assertAnswers(action, action.answer(response.asString()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldSurviveAnyTextAndAbsentOptionalInputs(DataAction action) {
        Map<String, Object> required = inputs(action);
        required.keySet().retainAll(texts(action.requiredInputs()));
        Map<String, Object> hostile = inputs(action);
        hostile.replaceAll((name, value) -> value instanceof String && !name.endsWith("Json") ? HOSTILE : value);

        assertThat(send(action, required).statusCode()).isIn(200, 202, 400, 404);
        assertThat(send(action, hostile).statusCode()).isIn(200, 202, 400, 404);
        if (action.method().equals("POST")) {
            action.body(hostile).properties().stream()
                    .filter(field -> hostile.containsKey(field.getKey()))
                    .filter(field -> hostile.get(field.getKey()) instanceof String)
                    .forEach(field -> assertThat(field.getValue().asText()).isEqualTo(HOSTILE));
        }
    }

    /** A slot of the organisation's fifty is held for as long as the action may take. */
    @ParameterizedTest
    @MethodSource("actions")
    void shouldHoldASlotOnlyBriefly(DataAction action) {
        assertThat(action.timeoutSeconds()).isBetween(3, action.path().equals("/v1/emergencies") ? 25 : 5);
        assertThat(names(action.inputs())).doesNotContain("orgId", "integrationId", "rawRequest");
        assertThat(action.export().path("secure").asBoolean(true)).isFalse();
    }

    private static void assertAnswers(DataAction action, JsonNode answer) {
        action.outputs().properties().forEach(output -> {
            JsonNode value = answer.path(output.getKey());
            assertThat(
                            switch (value.getNodeType()) {
                                case STRING -> "string";
                                case NUMBER -> "integer";
                                case BOOLEAN -> "boolean";
                                case ARRAY -> "array";
                                default -> "absent";
                            })
                    .as(action.name() + ": " + output.getKey())
                    .isEqualTo(output.getValue().path("type").asText());
        });
    }

    private static Map<String, Object> inputs(DataAction action) {
        Map<String, Object> inputs = new HashMap<>();
        action.inputs().properties().forEach(input -> inputs.put(input.getKey(), sample(action, input.getKey())));
        return inputs;
    }

    private static Object sample(DataAction action, String input) {
        return switch (input) {
            case "ani" -> "+14155550123";
            case "conversationId", "correlationId" -> CALL;
            case "topic" -> "email";
            case "employeeId" -> action.name().equals("Enrol Phone Number") ? "E100001" : "";
            case "wrapUpCode" -> "email";
            case "incidentType" -> "outage";
            case "targetQueueIdsJson" -> "[\"queue-12345\",\"queue-67890\"]";
            case "timestamp", "startTime", "endTime" -> "2026-11-22T09:30:00Z";
            case "ttl" -> 600;
            case "language" -> "en";
            default -> "";
        };
    }

    private static Response send(DataAction action, Map<String, Object> inputs) {
        var request = given().headers(action.headers()).urlEncodingEnabled(false);
        String path = action.url(inputs).substring(DataAction.BASE.length());
        return action.method().equals("POST")
                ? request.body(action.body(inputs).toString()).post(path)
                : request.get(path);
    }

    private static JsonNode operation(DataAction action) {
        JsonNode operation =
                openApi().path("paths").path(action.path()).path(action.method().toLowerCase(java.util.Locale.ROOT));
        assertThat(operation.isMissingNode())
                .as(action.method() + " " + action.path() + " exists")
                .isFalse();
        return operation;
    }

    private static JsonNode answerSchema(JsonNode operation) {
        JsonNode responses = operation.path("responses");
        JsonNode success = responses.has("200") ? responses.path("200") : responses.path("202");
        return resolve(success.at("/content/application~1json/schema"));
    }

    private static String type(JsonNode schema) {
        return schema.has("enum") ? "string" : schema.path("type").asText();
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? openApi().at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static JsonNode openApi() {
        return DataAction.parse(given().header("X-API-Key", "sandbox-operator")
                .get("/q/openapi?format=json")
                .asString());
    }

    private static Set<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private static List<String> texts(JsonNode list) {
        return Arrays.stream(list.isArray() ? new JsonNode[] {list} : new JsonNode[0])
                .flatMap(array -> StreamSupport.stream(array.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }
}
