package io.incidentbridge.caller;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that an agent script embeds, by the link that a lookup answers. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class AgentPageResourceTest {

    private static final int LARGEST = 50_000;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldShowTheCallerAndTheIncidentsAsLinksInANewTab() {
        JsonObject user = CallerRequests.newUser(vendors);
        JsonObject incident = vendors.create(
                "incident",
                new JsonObject()
                        .put("caller_id", user.getString("sys_id"))
                        .put("short_description", "Mail <script>alert(1)</script> & \"quotes\"")
                        .put("state", "1")
                        .put("active", "true"));
        JsonObject pop =
                lookup(user.getString("employee_number"), UUID.randomUUID().toString());

        String page = open(pop.getString("agentPageUrl"))
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'none'; style-src 'self';"))
                .header("Content-Security-Policy", containsString("frame-ancestors "))
                .header("Content-Security-Policy", not(containsString("unsafe-inline")))
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .extract()
                .asString();

        assertThat(page)
                .contains(user.getString("name"))
                .contains(incident.getString("number") + "</a>")
                .contains("Mail &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;")
                .doesNotContain("<script", "style=", "onclick");
        assertThat(page.split("<a ")).hasSizeGreaterThan(2);
        assertThat(page.split("target=\"_blank\" rel=\"noopener noreferrer\"")).hasSameSizeAs(page.split("<a "));
        assertThat(page.length()).isLessThan(LARGEST);
    }

    @Test
    void shouldHaveNothingOfTheCallerInTheAddress() {
        JsonObject user = CallerRequests.newUser(vendors);
        String conversation = UUID.randomUUID().toString();

        String url = lookup(user.getString("employee_number"), conversation).getString("agentPageUrl");

        assertThat(url)
                .contains("/agent/pop?link=")
                .doesNotContain(
                        user.getString("sys_id"),
                        user.getString("employee_number"),
                        user.getString("user_name"),
                        conversation);
    }

    @Test
    void shouldShowWhomTheSameConversationsNextLookupFinds() {
        String conversation = UUID.randomUUID().toString();
        JsonObject user = CallerRequests.newUser(vendors);
        String url = lookup("NOBODY-" + UUID.randomUUID(), conversation).getString("agentPageUrl");
        open(url).statusCode(200).body(containsString("Unknown caller"));

        lookup(user.getString("employee_number"), conversation);

        open(url).statusCode(200).body(containsString(user.getString("name")));
    }

    @Test
    void shouldShowTheOutageOfTheTopic() {
        String topic = "agent-page-" + UUID.randomUUID();
        String url = lookup("NOBODY-" + UUID.randomUUID(), UUID.randomUUID().toString(), topic)
                .getString("agentPageUrl");
        open(url).statusCode(200).body(not(containsString("Known outage")));
        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(new JsonObject().put("reason", "agent page").encode())
                .post("/v1/ops/outages/" + topic + "/trip")
                .then()
                .statusCode(200);

        open(url).statusCode(200).body(containsString("Known outage"));

        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(new JsonObject().put("reason", "agent page").encode())
                .post("/v1/ops/outages/" + topic + "/reset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0123456789abcdef0123456789abcdef.4102444800.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "<script>"
            })
    void shouldAnswerAFriendlyPageToALinkThatIsNotOurs(String link) {
        given().queryParam("link", link)
                .get("/agent/pop")
                .then()
                .statusCode(403)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("This link has expired"))
                .body(not(containsString("<script")));
    }

    @Test
    void shouldBringItsOwnSmallStyle() {
        String style = given().get("/agent/pop.css")
                .then()
                .statusCode(200)
                .contentType(containsString("text/css"))
                .extract()
                .asString();

        assertThat(style.length()).isBetween(500, 10_000);
    }

    private static JsonObject lookup(String employeeId, String conversation) {
        return lookup(employeeId, conversation, "");
    }

    private static JsonObject lookup(String employeeId, String conversation, String topic) {
        return new JsonObject(given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("employeeId", employeeId)
                        .put("conversationId", conversation)
                        .put("topic", topic)
                        .encode())
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** As an agent's browser does: without a key. */
    private static ValidatableResponse open(String url) {
        URI address = URI.create(url);
        return given().urlEncodingEnabled(false)
                .get(address.getRawPath() + "?" + address.getRawQuery())
                .then();
    }
}
