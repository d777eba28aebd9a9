package io.incidentbridge.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

    private static final String ORDER = "{\"id\":\"a\"}";

    @TestHTTPResource("/")
    URL bridge;

    @Inject
    Vertx vertx;

    @Test
    void shouldAnswerAnUnknownAddressWithAProblem() {
        problem(given().get("/no/such/address").then(), 404, "not-found");
    }

    @Test
    void shouldAnswerAnUnknownAddressBelowAKnownOneWithAProblem() {
        problem(given().get("/test-echo/no-such").then(), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/test-echo;x", "/test-echo;", "/test-echo/;x=y", "/;x/test-echo", "/q;x/health/live"})
    void shouldFindNothingByMatrixParameters(String path) {
        problem(given().urlEncodingEnabled(false).get(path).then(), 404, "not-found");
    }

    @Test
    void shouldAnswerAWrongMethodWithAProblem() {
        problem(given().delete("/test-echo").then(), 405, "method-not-allowed");
    }

    @Test
    void shouldAnswerAnImpossibleAcceptWithAProblem() {
        problem(given().accept("image/png").get("/test-echo").then(), 406, "not-acceptable");
    }

    @Test
    void shouldAnswerAProblemWhateverIsAccepted() {
        problem(given().accept("application/json").get("/test-echo/limited").then(), 429, "rate-limited");
    }

    @Test
    void shouldRefuseAnotherMediaType() {
        problem(given().contentType("text/plain").body(ORDER).post("/test-echo").then(), 415, "unsupported-media-type");
    }

    @Test
    void shouldRefuseAnotherCharset() {
        problem(
                given().header("Content-Type", "application/json; charset=ISO-8859-1")
                        .body(ORDER)
                        .post("/test-echo")
                        .then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void shouldRefuseABrokenMediaType() throws Exception {
        assertThat(raw("POST /test-echo HTTP/1.1\r\nHost: x\r\nContent-Type: ;;;\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
    }

    @Test
    void shouldRefuseABodyWithoutMediaType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/test-echo"))
                .POST(HttpRequest.BodyPublishers.ofString(ORDER))
                .build();

        HttpResponse<String> answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("unsupported-media-type");
    }

    @Test
    void shouldRefuseACompressedBody() {
        problem(
                given().contentType("application/json")
                        .header("Content-Encoding", "gzip")
                        .body(ORDER)
                        .post("/test-echo")
                        .then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void shouldTakeAChunkedBody() throws Exception {
        HttpResponse<String> answer = send(chunked(ORDER.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeALongChunkedBody() throws Exception {
        byte[] body = (" ".repeat(300_000) + ORDER).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = send(chunked(body));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseATooLongChunkedBodyWithAProblem() throws Exception {
        HttpResponse<String> answer = send(chunked(new byte[RequestEdge.LARGEST_BODY + 100_000]));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("payload-too-large");
    }

    @Test
    void shouldLetAClientFinishATooLongBodyAndReadWhyItIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/test-echo"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[RequestEdge.LARGEST_BODY + 500_000]))
                .build();

        HttpResponse<String> answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("payload-too-large");
    }

    @Test
    void shouldRefuseATooLongBodyBeforeItIsSent() throws Exception {
        assertThat(raw("POST /test-echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1048577\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("payload-too-large");
    }

    @Test
    void shouldNotCloseAConnectionThatOthersShare() {
        io.vertx.core.http.HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        AtomicBoolean closed = new AtomicBoolean();
        try {
            HttpClientResponse answer = client.request(
                            HttpMethod.POST, bridge.getPort(), bridge.getHost(), "/test-echo")
                    .compose(request -> {
                        request.connection().closeHandler(gone -> closed.set(true));
                        return request.putHeader("Content-Encoding", "gzip").send(ORDER);
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();

            assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.getHeader("Connection")).isNull();
            // Longer than a client of its own connection is given.
            await().during(Duration.ofMillis(1_500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !closed.get());
        } finally {
            client.close();
        }
    }

    @Test
    void shouldHandRawBytesToTheResourceThatAsksForThem() {
        given().contentType("application/json")
                .body("not json")
                .post("/test-echo/raw")
                .then()
                .statusCode(200)
                .body("length", is(8));
    }

    @Test
    void shouldRefuseBadPercentEncoding() throws Exception {
        assertThat(raw("GET /test-echo/%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception");
    }

    @Test
    void shouldNameAParameterThatBreaksARule() {
        problem(given().queryParam("limit", 11).get("/test-echo").then(), 400, "validation")
                .body("errors[0].field", equalTo("limit"))
                .body("errors[0].rule", equalTo("max"))
                .body("errors[0].pointer", nullValue());
    }

    @Test
    void shouldBlameItselfForAnInvalidAnswer() {
        problem(given().get("/test-echo/invalid-answer").then(), 500, "internal");
    }

    @Test
    void shouldKeepTheCauseOfAFaultToItself() {
        problem(given().get("/test-echo/fault").then(), 500, "internal")
                .body(not(containsString("secret of the inside")))
                .body(not(containsString("Exception")))
                .body("correlationId", not(nullValue()));
    }

    @Test
    void shouldNotPassOnAVendorsStatus() {
        problem(given().get("/test-echo/vendor-fault").then(), 500, "internal").body(not(containsString("vendor")));
    }

    @Test
    void shouldSayWhenToComeBack() {
        problem(given().get("/test-echo/limited").then(), 429, "rate-limited")
                .header("Retry-After", "2")
                .header("RateLimit", "\"default\";r=0;t=2")
                .body("retryable", is(true))
                .body("retryAfterSeconds", is(2))
                .body("detail", equalTo("Slow down."));
    }

    @Test
    void shouldKeepAStatusWithoutATypeOfItsOwn() {
        given().get("/test-echo/gone")
                .then()
                .statusCode(410)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("detail", not(containsString("do not tell")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion", "failure", "absence"})
    void shouldAnswerWhoeverIsNotSignedInAlikeWhateverFoundItOut(String by) {
        problem(given().queryParam("by", by).get("/test-echo/unauthenticated").then(), 401, "unauthenticated");
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("https://incidentbridge.io/problems/" + code))
                .body("code", equalTo(code))
                .body("status", is(status));
    }

    private HttpRequest chunked(byte[] body) {
        return HttpRequest.newBuilder(uri("/test-echo"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + bridge.getHost() + ":" + bridge.getPort() + path);
    }

    /** What no proper HTTP client would send. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(bridge.getHost(), bridge.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(request.replace("Host: x", "Host: x\r\nConnection: close")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldAnswerAFaultUpstreamWith503() {
        given().get("/test-echo/upstream")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "2")
                .body(not(containsString("secret")));
    }
}
