package io.incidentbridge.caller;

import static io.restassured.RestAssured.given;

import io.incidentbridge.testing.Vendors;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a Data Action sends, and callers nobody has asked for yet: lookups are cached, so each test takes its own. */
final class CallerRequests {

    /** Numbers that no seeded user has. */
    private static final AtomicInteger NEXT_UNKNOWN = new AtomicInteger();

    private CallerRequests() {}

    static ValidatableResponse lookup(String field, String value) {
        return post("lookup", new JsonObject().put(field, value));
    }

    static ValidatableResponse enrol(String employeeId, String ani) {
        return post("enrol", new JsonObject().put("employeeId", employeeId).put("ani", ani));
    }

    private static ValidatableResponse post(String operation, JsonObject body) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/callers/" + operation)
                .then()
                .statusCode(200);
    }

    static JsonObject newUser(Vendors vendors) {
        return vendors.create("sys_user", userNamed());
    }

    static JsonObject userNamed() {
        String suffix = nextSuffix();
        return new JsonObject()
                .put("user_name", "test.user" + suffix)
                .put("name", "Test User " + suffix)
                .put("employee_number", "T90" + suffix)
                .put("active", "true");
    }

    static String unknownNumber() {
        return "+14155550" + (700 + NEXT_UNKNOWN.getAndIncrement() % 100);
    }

    static String nextSuffix() {
        return String.format("%02d", NEXT_UNKNOWN.getAndIncrement() % 100);
    }

    static <T> List<T> inParallel(int times, java.util.function.Supplier<T> call) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            return IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(call, threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    /** The status of each of many lookups of one number, sent at once. */
    static List<String> lookupsAtOnce(int times, String ani) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/v1/callers/lookup"))
                .header("X-API-Key", "sandbox-data-action")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonObject().put("ani", ani).encode()))
                .build();
        return IntStream.range(0, times)
                .mapToObj(i -> http.sendAsync(request, BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(answer -> new JsonObject(answer.join().body()).getString("status"))
                .toList();
    }
}
