package io.incidentbridge.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code src/main/resources/openapi} is derived from the resources; this fails when it is stale. {@code ./mvnw test
 * -Dtest=ApiDescriptionFileTest -Dbridge.docs.write=true} writes it anew.
 */
@QuarkusTest
class ApiDescriptionFileTest {

    private static final Path FOLDER = Path.of("src/main/resources/openapi");

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json"})
    void shouldBeDerivedFromTheResources(String format) throws IOException {
        String derived = given().get("/q/derived-openapi?format=" + format)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString()
                        .strip()
                + "\n";
        Path file = FOLDER.resolve("openapi." + format);
        if (Boolean.getBoolean("bridge.docs.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, derived);
        }

        assertThat(Files.readString(file)).isEqualTo(derived);
    }
}
