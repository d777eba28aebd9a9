package io.incidentbridge.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's frame: who gets in, what every answer carries, and that a change comes from a page of its own. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ConsoleTest {

    private static final Pattern TOKEN = Pattern.compile("X-Console-Token&quot;:&quot;([0-9a-f]+)");
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/(?:webjars|console)/[^\"]+\\.[a-z]+)\"");

    @TestHTTPResource
    URL application;

    @Test
    void shouldSendPeopleToTheFormWhenTheyHaveNotSignedIn() {
        given().redirects()
                .follow(false)
                .get("/console")
                .then()
                .statusCode(303)
                .header("Location", containsString("/console/login"))
                .header("WWW-Authenticate", equalTo(null));
    }

    @Test
    void shouldNotOfferSingleSignOnUnlessItIsSwitchedOn() {
        given().get("/console/login").then().statusCode(200).body(not(containsString("single sign-on")));
        given().redirects()
                .follow(false)
                .get("/console/sso")
                .then()
                .statusCode(404)
                .header("Location", equalTo(null))
                .header("Set-Cookie", equalTo(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sandbox-operator-x", "nonsense"})
    void shouldRefuseAnUnknownKey(String key) {
        signIn(key).statusCode(401).body(containsString("not known")).header("Set-Cookie", equalTo(null));
    }

    @Test
    void shouldRefuseAKeyWithoutTheRight() {
        signIn("sandbox-data-action").statusCode(403).body(containsString("has not the right"));
        given().header("X-API-Key", "sandbox-data-action")
                .get("/console")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldShowTheOverviewWhenSignedIn() {
        as(session())
                .get("/console")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo("no-store"))
                .body(containsString("Catastrophe mode"))
                .body(containsString("sandbox-operator"))
                .body(containsString("genesys-emergency"));
    }

    @Test
    void shouldMarkTheSessionsCookie() {
        String cookie = signIn("sandbox-operator").statusCode(303).extract().header("Set-Cookie");

        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/console");
    }

    @Test
    void shouldRefuseAChangedSession() {
        String session = session();
        String later = session.replaceFirst("\\.[0-9]+\\.", ".99999999999999.");

        as(later).redirects().follow(false).get("/console").then().statusCode(303);
    }

    @Test
    void shouldNotTakeTheSessionAnywhereElse() {
        as(session()).get("/v1/ops/outages").then().statusCode(401);
    }

    @Test
    void shouldNotTakeTheSessionByADetour() throws Exception {
        HttpRequest.Builder detour =
                detour("/console/../v1/ops/outages").header("Cookie", Sessions.COOKIE + "=" + session());

        assertThat(send(detour).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console;x",
                "/console;",
                "/console/;x",
                "/console;x=y;z",
                "/;x/console",
                "//console;x",
                "/console%2F;x",
                "/console%3Bx",
                "//console",
                "/console/",
                "/console/.",
                "/v1/../console",
                "/%63onsole",
                "/console%2F",
                "/console%252F",
                "/Console"
            })
    void shouldNotBeReachedAroundItsEdge(String console) throws Exception {
        HttpResponse<Void> form = send(detour(console + "/login"));
        HttpResponse<Void> login = send(detour(console + "/login")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=sandbox-operator")));
        HttpResponse<Void> logout = send(detour(console + "/logout")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", Sessions.COOKIE + "=" + session())
                .POST(BodyPublishers.noBody()));

        if (form.statusCode() == 200) {
            assertThat(form.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(form.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        } else {
            assertThat(form.statusCode()).isIn(400, 404);
        }
        assertThat(login.statusCode()).isIn(400, 403, 404);
        assertThat(login.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(logout.statusCode()).isIn(400, 403, 404);
        assertThat(logout.headers().allValues("Set-Cookie")).isEmpty();
    }

    /** Other clients would straighten the path. */
    private HttpRequest.Builder detour(String path) {
        return HttpRequest.newBuilder(URI.create(application.toString().replaceFirst("/$", "") + path));
    }

    private static HttpResponse<Void> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.discarding());
    }

    @Test
    void shouldRefuseAChangeThatComesFromElsewhere() {
        String session = session();
        String token = token(session);

        as(session)
                .header("X-Console-Token", token)
                .post("/console/logout")
                .then()
                .statusCode(403);
        as(session)
                .header("X-Console-Token", token)
                .header("Sec-Fetch-Site", "cross-site")
                .post("/console/logout")
                .then()
                .statusCode(403);
        as(session)
                .header("X-Console-Token", token)
                .header("Origin", "https://elsewhere.example")
                .post("/console/logout")
                .then()
                .statusCode(403);
        as(session)
                .header("Sec-Fetch-Site", "same-origin")
                .post("/console/logout")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseToSignSomebodyInFromElsewhere() {
        given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "cross-site")
                .formParam("key", "sandbox-operator")
                .post("/console/login")
                .then()
                .statusCode(403)
                .header("Set-Cookie", equalTo(null));
    }

    @Test
    void shouldSendAPageWhoseSessionHasEndedToTheForm() {
        String token = token(session());

        given().header("Sec-Fetch-Site", "same-origin")
                .header("X-Console-Token", token)
                .header("HX-Request", "true")
                .post("/console/logout")
                .then()
                .statusCode(403)
                .header("HX-Redirect", equalTo("/console/login"));
    }

    @Test
    void shouldEndTheSessionWhenSigningOut() {
        String session = session();

        String cookie = as(session)
                .header("X-Console-Token", token(session))
                .header("Sec-Fetch-Site", "same-origin")
                .post("/console/logout")
                .then()
                .statusCode(204)
                .header("HX-Redirect", equalTo("/console/login"))
                .extract()
                .header("Set-Cookie");

        assertThat(cookie).contains("Max-Age=0");
    }

    @Test
    void shouldServeEverythingThatAPageLoads() {
        String page = as(session()).get("/console").asString();

        Matcher assets = ASSET.matcher(page);
        int found = 0;
        while (assets.find()) {
            given().get(assets.group(1)).then().statusCode(200);
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldSendPanelsAsTheyChange() throws Exception {
        URL live = new URL(application, "/console/live?panel=health&panel=outbox");
        HttpURLConnection connection = (HttpURLConnection) live.openConnection();
        connection.setRequestProperty("Cookie", Sessions.COOKIE + "=" + session());
        connection.setReadTimeout(30_000);
        assertThat(connection.getHeaderField("X-Accel-Buffering")).isEqualTo("no");

        StringBuilder seen = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            while (!(seen.indexOf("event:health") >= 0
                    && seen.indexOf("event:outbox") >= 0
                    && seen.indexOf("event:time") >= 0)) {
                seen.append(lines.readLine()).append('\n');
            }
        }
        assertThat(seen).contains("data:");
    }

    @Test
    void shouldRefusePanelsThatDoNotExist() {
        as(session()).get("/console/live?panel=none").then().statusCode(404);
        given().get("/console/live?panel=health").then().statusCode(401);
    }

    private static io.restassured.response.ValidatableResponse signIn(String key) {
        return given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("key", key)
                .post("/console/login")
                .then();
    }

    private static String session() {
        return signIn("sandbox-operator").statusCode(303).extract().cookie(Sessions.COOKIE);
    }

    private static RequestSpecification as(String session) {
        return given().cookie(Sessions.COOKIE, session);
    }

    private static String token(String session) {
        Matcher token = TOKEN.matcher(as(session).get("/console").asString());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }
}
