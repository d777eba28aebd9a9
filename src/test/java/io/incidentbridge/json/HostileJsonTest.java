package io.incidentbridge.json;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class HostileJsonTest {

    private static final String CANARY = "canary77";

    static Stream<Arguments> hostileBodies() {
        return Stream.of(
                // not one well-formed JSON value
                arguments("", "malformed-json", "", "empty"),
                arguments("   \n", "malformed-json", "", "empty"),
                arguments("canary77", "malformed-json", "", "syntax"),
                arguments("{", "malformed-json", "", "syntax"),
                arguments("{\"id\":\"canary77\"", "malformed-json", "id", "syntax"),
                arguments("{\"id\":\"a\",}", "malformed-json", "id", "syntax"),
                arguments("{'id':'canary77'}", "malformed-json", "", "syntax"),
                arguments("{id:\"canary77\"}", "malformed-json", "", "syntax"),
                arguments("{\"id\":\"a\"} {\"id\":\"canary77\"}", "malformed-json", "", "trailing"),
                arguments("{\"id\":\"a\"}canary77", "malformed-json", "", "syntax"),
                arguments("{\"id\":\"a\"} // canary77", "malformed-json", "", "syntax"),
                arguments("{\"id\":\"a\",\"id\":\"canary77\"}", "malformed-json", "id", "duplicate"),
                arguments("{\"id\":\"can\tary77\"}", "malformed-json", "id", "syntax"),
                arguments("{\"id\":\"\\x41canary77\"}", "malformed-json", "id", "syntax"),
                arguments("{\"id\":\"a\",\"ttl\":NaN}", "malformed-json", "ttl", "syntax"),
                arguments("{\"id\":\"a\",\"ttl\":007}", "malformed-json", "ttl", "syntax"),
                arguments("{\"id\":\"a\",\"ttl\":+7}", "malformed-json", "ttl", "syntax"),
                arguments("{\"id\":\"a\",\"ttl\":0x77}", "malformed-json", "ttl", "syntax"),
                arguments("{\"id\":\"a\",\"urgent\":True}", "malformed-json", "urgent", "syntax"),
                arguments("{\"id\":\"a\",\"ttl\":" + "7".repeat(2_000) + "}", "malformed-json", "ttl", "limit"),
                arguments("[".repeat(5_000), "validation", "", "type"),
                arguments("{\"id\":\"a\",\"tags\":" + "[".repeat(5_000) + "}", "validation", "tags[0]", "type"),
                arguments("{\"" + CANARY.repeat(100) + "\":1}", "malformed-json", "", "limit"),
                // well-formed, of the wrong shape
                arguments("null", "validation", "", "type"),
                arguments("[]", "validation", "", "type"),
                arguments("[{\"id\":\"canary77\"}]", "validation", "", "type"),
                arguments("\"canary77\"", "validation", "", "type"),
                arguments("\"\"", "validation", "", "type"),
                arguments("77", "validation", "", "type"),
                arguments("true", "validation", "", "type"),
                arguments("{\"id\":\"a\",\"__proto__\":\"canary77\"}", "unknown-field", "__proto__", "unknown"),
                arguments("{\"id\":\"a\",\"Mode\":\"ACTIVE\"}", "unknown-field", "Mode", "unknown"),
                arguments("{\"id\":\"a\",\"<b>\\u0000\":\"canary77\"}", "unknown-field", "?b??", "unknown"),
                arguments(
                        "{\"id\":\"a\",\"lines\":[{\"name\":\"n\"},{\"name\":\"n\",\"x\":1}]}",
                        "unknown-field",
                        "lines[1].x",
                        "unknown"),
                // well-formed, of the wrong type
                arguments("{\"id\":77}", "validation", "id", "type"),
                arguments("{\"id\":true}", "validation", "id", "type"),
                arguments("{\"id\":7.7}", "validation", "id", "type"),
                arguments("{\"id\":{\"canary77\":1}}", "validation", "id", "type"),
                arguments("{\"id\":[\"canary77\"]}", "validation", "id", "type"),
                arguments("{\"id\":\"a\",\"ttl\":\"77\"}", "validation", "ttl", "type"),
                arguments("{\"id\":\"a\",\"ttl\":\"\"}", "validation", "ttl", "type"),
                arguments("{\"id\":\"a\",\"ttl\":1.0}", "validation", "ttl", "type"),
                arguments("{\"id\":\"a\",\"ttl\":true}", "validation", "ttl", "type"),
                arguments("{\"id\":\"a\",\"ttl\":[77]}", "validation", "ttl", "type"),
                arguments("{\"id\":\"a\",\"ttl\":2147483648}", "validation", "ttl", "range"),
                arguments("{\"id\":\"a\",\"urgent\":\"true\"}", "validation", "urgent", "type"),
                arguments("{\"id\":\"a\",\"urgent\":1}", "validation", "urgent", "type"),
                arguments("{\"id\":\"a\",\"weight\":\"7.7\"}", "validation", "weight", "type"),
                arguments("{\"id\":\"a\",\"mode\":\"canary77\"}", "validation", "mode", "type"),
                arguments("{\"id\":\"a\",\"mode\":\"active\"}", "validation", "mode", "type"),
                arguments("{\"id\":\"a\",\"mode\":\"\"}", "validation", "mode", "type"),
                arguments("{\"id\":\"a\",\"mode\":0}", "validation", "mode", "type"),
                arguments("{\"id\":\"a\",\"tags\":\"canary77\"}", "validation", "tags", "type"),
                arguments("{\"id\":\"a\",\"tags\":\"\"}", "validation", "tags", "type"),
                arguments("{\"id\":\"a\",\"tags\":{}}", "validation", "tags", "type"),
                arguments("{\"id\":\"a\",\"tags\":[77]}", "validation", "tags[0]", "type"),
                arguments("{\"id\":\"a\",\"main\":\"\"}", "validation", "main", "type"),
                arguments("{\"id\":\"a\",\"main\":[]}", "validation", "main", "type"),
                arguments("{\"id\":\"a\",\"lines\":[7]}", "validation", "lines[0]", "type"),
                // text and times that cannot be
                arguments("{\"id\":\"canary77\\u0000\"}", "validation", "id", "text"),
                arguments("{\"id\":\"canary77\\ud800\"}", "validation", "id", "text"),
                arguments("{\"id\":\"a\",\"tags\":[\"\\udc00\"]}", "validation", "tags[0]", "text"),
                arguments("{\"id\":\"a\",\"at\":\"canary77\"}", "validation", "at", "time"),
                arguments("{\"id\":\"a\",\"at\":\"2030-01-31T09:00:00\"}", "validation", "at", "time"),
                arguments("{\"id\":\"a\",\"at\":\"2030-02-30T09:00:00Z\"}", "validation", "at", "time"),
                arguments("{\"id\":\"a\",\"at\":1893456000}", "validation", "at", "type"),
                // rules of the record
                arguments("{}", "validation", "id", "not-null"),
                arguments("{\"id\":null}", "validation", "id", "not-null"),
                arguments("{\"id\":\"\"}", "validation", "id", "pattern"),
                arguments("{\"id\":\"canary77/..\"}", "validation", "id", "pattern"),
                arguments("{\"id\":\"canary77\\r\\nX: y\"}", "validation", "id", "pattern"),
                arguments("{\"id\":\"" + "a".repeat(101) + "\"}", "validation", "id", "pattern"),
                arguments("{\"id\":\"a\",\"tags\":[\"a\",\"canary77\"]}", "validation", "tags[1]", "size"),
                arguments("{\"id\":\"a\",\"tags\":[null]}", "validation", "tags[0]", "not-null"),
                arguments("{\"id\":\"a\",\"lines\":[{\"count\":1}]}", "validation", "lines[0].name", "not-null"),
                arguments(
                        "{\"id\":\"a\",\"main\":{\"name\":\"canary77-is-long\"}}", "validation", "main.name", "size"));
    }

    @ParameterizedTest
    @MethodSource("hostileBodies")
    void shouldRefuseAndNameFieldAndRule(String body, String code, String field, String rule) {
        ValidatableResponse answer = post(body.getBytes(StandardCharsets.UTF_8));

        answer.statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("https://incidentbridge.io/problems/" + code))
                .body("code", equalTo(code))
                .body("status", equalTo(400))
                .body("title", not(nullValue()))
                .body("detail", not(nullValue()))
                .body("retryable", is(false))
                .body("correlationId", not(nullValue()))
                .body("errors[0].field", equalTo(field))
                .body("errors[0].rule", equalTo(rule));
        assertThat(answer.extract().asString()).doesNotContain(CANARY, "io.incidentbridge.", "java.", "jackson");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, '"', '}'},
                new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'},
                new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                "{\"id\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void shouldRefuseWhatIsNotUtf8(byte[] body) {
        post(body).statusCode(400).body("code", equalTo("malformed-json")).body("errors[0].rule", equalTo("utf-8"));
    }

    @Test
    void shouldRefuseUtf16() {
        post("{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16LE)).statusCode(400);
    }

    @Test
    void shouldNameEveryBrokenRuleButNotWithoutEnd() {
        String tags = "\"too-long\",".repeat(50) + "\"a\"";

        post(("{\"tags\":[" + tags + "]}").getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("errors.size()", is(20))
                .body("errors[0].pointer", equalTo("/id"));
    }

    @Test
    void shouldPointIntoTheBody() {
        post("{\"id\":\"a\",\"lines\":[{\"name\":\"n\",\"a/b~c\":1}]}".getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/lines/0/a~1b~0c"));
    }

    @Test
    void shouldTakeAProperBody() {
        String body =
                "{\"id\":\"a\",\"mode\":\"ACTIVE\",\"at\":\"2030-01-31T09:00:00+01:00\",\"ttl\":7,\"urgent\":true,"
                        + "\"weight\":1,\"tags\":[\"\uD83D\uDE00\"],\"lines\":[],\"main\":null}";

        post(body.getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("at", equalTo("2030-01-31T08:00:00Z"))
                .body("tags[0]", equalTo("\uD83D\uDE00"));
    }

    @Test
    void shouldTakeAListWhereOneIsAsked() {
        given().contentType("application/json")
                .body("[\"a\",\"b\"]")
                .post("/test-echo/list")
                .then()
                .statusCode(200)
                .body(equalTo("2"));
    }

    private static ValidatableResponse post(byte[] body) {
        return given().config(RawJson.CONFIG)
                .header("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .post("/test-echo")
                .then();
    }
}
