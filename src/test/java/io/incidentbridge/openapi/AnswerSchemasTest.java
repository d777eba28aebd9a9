package io.incidentbridge.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class AnswerSchemasTest {

    private static final String REFERENCE = "#/components/schemas/";

    @Test
    void shouldRequireEveryFieldOfEveryAnswer() {
        JsonObject api = description();
        JsonObject schemas = api.getJsonObject("components").getJsonObject("schemas");

        Set<String> answers = answersOf(api.getJsonObject("paths"));

        assertThat(answers).contains("ScreenPop", "Enrolment");
        answers.forEach(name -> {
            JsonObject schema = schemas.getJsonObject(name);
            Set<String> properties =
                    schema.getJsonObject("properties", new JsonObject()).fieldNames();
            assertThat(schema.getJsonArray("required", new JsonArray()).stream().map(Object::toString))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(properties);
        });
    }

    @Test
    void shouldRequireOfRequestsOnlyWhatTheyMustHave() {
        JsonObject schemas = description().getJsonObject("components").getJsonObject("schemas");

        assertThat(schemas.getJsonObject("LookupRequest").containsKey("required"))
                .isFalse();
        assertThat(schemas.getJsonObject("EnrolRequest").getJsonArray("required"))
                .containsExactly("ani");
    }

    private static JsonObject description() {
        return new JsonObject(given().header("X-API-Key", "sandbox-operator")
                .get("/q/openapi?format=json")
                .asString());
    }

    private static Set<String> answersOf(JsonObject paths) {
        Set<String> names = new TreeSet<>();
        paths.stream()
                .map(path -> (JsonObject) path.getValue())
                .flatMap(path -> path.stream())
                .filter(operation -> operation.getValue() instanceof JsonObject)
                .map(operation -> ((JsonObject) operation.getValue()).getJsonObject("responses", new JsonObject()))
                .flatMap(responses -> responses.stream())
                .map(response -> ((JsonObject) response.getValue()).getJsonObject("content", new JsonObject()))
                .flatMap(content -> content.stream())
                .map(type -> ((JsonObject) type.getValue()).getJsonObject("schema", new JsonObject()))
                .map(schema -> schema.getString("$ref", ""))
                .filter(reference -> reference.startsWith(REFERENCE))
                .forEach(reference -> names.add(reference.substring(REFERENCE.length())));
        return names;
    }
}
