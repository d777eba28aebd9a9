package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** The console and the sandbox's tours as people use them: in a browser, against the packaged application. */
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "io.incidentbridge.console.Browser#isInstalled",
        disabledReason = "there is no chromium and chromedriver (Debian's packages chromium and chromium-driver)")
class ConsoleBrowserIT {

    private static final Duration TOUR = Duration.ofSeconds(120);
    private static final int PHONE = 375;

    /** That a browser opens to one server by HTTP/1.1. */
    private static final int CONNECTIONS = 6;

    private static final List<String> PAGES = List.of(
            "",
            "/outages",
            "/outages/email-down",
            "/emergencies",
            "/emergencies/default",
            "/outbox",
            "/audit",
            "/reports");

    private final SandboxResource sandbox = new SandboxResource();
    private Browser browser;
    private BridgeProcess bridge;
    private Vendors vendors;
    private String tours;

    @BeforeAll
    void start() {
        browser = Browser.start();
        Map<String, String> properties = new HashMap<>(sandbox.start());
        tours = properties.get("bridge.servicenow.url").replace("/sandbox/servicenow", "/sandbox/tour");
        // As in the sandbox; the profile of the tests keeps both out of the way.
        properties.put("bridge.outage.surge.calls", "100");
        properties.put("bridge.outage.surge.floor", "50");
        properties.put("bridge.budget.upstreams.servicenow.windows[0].limit", "1000");
        properties.put("bridge.redis.deadline", "2s");
        properties.put("bridge.console.links.Tour", tours);
        bridge = BridgeProcess.start(properties);
        vendors = sandbox.vendors();
        vendors.reset();
        vendors.sendWebhooksTo(bridge.url());
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (bridge != null) {
            bridge.close();
        }
        sandbox.stop();
    }

    @BeforeEach
    void signIn() {
        browser.open(bridge.url() + "/console/login");
        browser.forgetCookies();
        browser.open(bridge.url() + "/console");
        browser.type("key", "sandbox-operator");
        browser.click("button[type=submit]");
        browser.see("#live-state", "Live");
        browser.forgetErrors();
    }

    @Test
    void shouldLetOnlyOperatorsIn() {
        browser.forgetCookies();
        browser.open(bridge.url() + "/console/outages");
        assertThat(browser.url()).endsWith("/console/login");
        browser.assertNoErrors();
        browser.assertAccessible();

        browser.type("key", "not-a-key");
        browser.click("button[type=submit]");
        browser.see("[role=alert]", "not known");

        browser.type("key", "sandbox-data-action");
        browser.click("button[type=submit]");
        browser.see("[role=alert]", "has not the right");
    }

    @Test
    void shouldSignOut() {
        browser.click(".who button");
        browser.see("h1", "Incident Bridge");
        assertThat(browser.url()).endsWith("/console/login");

        browser.open(bridge.url() + "/console");

        assertThat(browser.url()).endsWith("/console/login");
    }

    @Test
    void shouldShowEveryPageWithoutErrorsAndToEverybody() {
        for (String page : List.of("/outages", "/audit", "/reports")) {
            show(page);
            browser.assertNoErrors();
        }
        // Between them these have every kind of element that the others have.
        for (String page : List.of("", "/outages/email-down", "/emergencies/default", "/outbox")) {
            show(page);
            browser.assertAccessible();
            browser.assertNoErrors();
        }
    }

    private void show(String page) {
        browser.open(bridge.url() + "/console" + page);
        browser.see("#live-state", "Live");
        browser.see("#live time", "UTC");
    }

    @Test
    void shouldTripAndEndAnOutageByHand() {
        browser.open(bridge.url() + "/console/outages");
        browser.type("trip-topic", "by-hand");
        browser.type("trip-reason", "phones ring");
        browser.click("#trip ~ form button");
        browser.confirm();
        browser.see("#notice", "by-hand is catastrophe");
        browser.see(".panel", "phones ring");

        browser.open(bridge.url() + "/console/outages/by-hand");
        browser.see(".panel", "catastrophe");
        browser.type("reset-reason", "over");
        browser.click("#reset ~ form button");
        browser.confirm();
        browser.see("#notice", "by-hand is normal");
        browser.assertNoErrors();
    }

    @Test
    void shouldGoThroughTheOutageFromTheClickToTheRecovery() {
        String console = browser.tab();
        browser.open(bridge.url() + "/console/outages/email-down");
        browser.newTab();
        String tour = browser.tab();
        browser.open(tours);
        browser.see("#live-state", "Live");
        browser.assertAccessible();
        browser.click("#tour-email");

        browser.toTab(console);
        long noted = browser.number("#noted", 1);
        browser.number("#noted", noted + 1);
        browser.see("#master-link", "INC");
        browser.picture("outage");
        browser.open(bridge.url() + "/console");
        browser.see(".panel", "email-down");
        browser.picture("overview");
        browser.assertNoErrors();

        browser.toTab(tour);
        browser.see("#tour-result", "Recovered", TOUR);
        browser.see("#masters", "Outage: email-down");
        browser.picture("tour");
        browser.assertNoErrors();

        browser.closeOtherTabs(console);
        browser.open(bridge.url() + "/console/outages");
        browser.see(".panel", "e-mail works again");
        browser.click("a[id^=ledger-]");
        browser.see("main", "calls noted");
        browser.assertAccessible();
    }

    @Test
    void shouldGoThroughTheEmergencyFromTheClickToTheRecovery() {
        browser.open(tours);
        browser.click("#tour-carrier");
        browser.see("#tour-result", "Recovered", TOUR);
        browser.assertNoErrors();

        browser.open(bridge.url() + "/console/emergencies/default");
        browser.see(".panel", "emergency.activated");
        browser.see(".panel", "resolved");
        browser.picture("emergency");
    }

    @Test
    void shouldOverrideByTheKeyboardAloneAndOnlyAfterTheExactChangeWasConfirmed() {
        browser.open(bridge.url() + "/console/emergencies/default");
        browser.tabTo("skip");
        browser.keys(Keys.ENTER);
        browser.tabTo("override-mode");
        browser.tabTo("override-queues");
        browser.keys("queue-12345, queue-67890");
        browser.tabTo("override-reason");
        browser.keys("drill", Keys.ENTER);
        browser.see("#preview pre", "\"queue-67890\"");
        assertThat(state()).isEqualTo("INACTIVE");
        browser.assertAccessible();

        browser.tabTo("confirm-override");
        browser.keys(Keys.ENTER);
        browser.see("#notice", "The override is set");
        browser.see(".panel", "drill");
        await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("ACTIVE"));

        browser.tabTo("clear-override");
        browser.keys(Keys.ENTER);
        browser.confirm();
        browser.see("#notice", "taken back");
        await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("INACTIVE"));
        browser.assertNoErrors();
    }

    @Test
    void shouldFollowTheSystemsColours() {
        browser.open(bridge.url() + "/console");
        browser.see("#live-state", "Live");
        String light = browser.colour("h1");

        browser.colours("dark");

        try {
            assertThat(browser.colour("h1")).isNotEqualTo(light);
            browser.assertAccessible();
            browser.open(bridge.url() + "/console/emergencies/default");
            browser.assertAccessible();
            browser.assertNoErrors();
        } finally {
            browser.colours("light");
        }
        assertThat(browser.colour("h1")).isEqualTo(light);
    }

    @Test
    void shouldFitAPhone() {
        browser.phone(PHONE);
        try {
            for (String page : PAGES) {
                browser.open(bridge.url() + "/console" + page);
                assertThat(browser.outOf(PHONE)).as(page).isEmpty();
            }
            browser.click("nav a[href='/console/outages']");
            browser.see("h1", "Outages");
            browser.see("#live-state", "Live");
            browser.assertNoErrors();
        } finally {
            browser.noPhone();
        }
    }

    @Test
    void shouldStayLiveInMoreTabsThanABrowserOpensConnections() {
        String first = browser.tab();
        browser.open(bridge.url() + "/console");
        String left = browser.seeOther("#live time", "");
        try {
            for (int tab = 0; tab < CONNECTIONS; tab++) {
                browser.newTab();
                browser.open(bridge.url() + "/console");
                browser.see("#live-state", "Live");
            }

            browser.toTab(first);

            browser.seeOther("#live time", left);
            browser.see("#live-state", "Live");
            browser.assertNoErrors();
        } finally {
            browser.closeOtherTabs(first);
        }
    }

    @Test
    void shouldCorrectAndReplayADeadLetter() {
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
        String conversation = UUID.randomUUID().toString();
        String id = json(bridge.post(
                        "/v1/wrapups",
                        new JsonObject()
                                .put("conversationId", conversation)
                                .put("wrapUpCode", "dead-" + conversation)
                                .put("waitMs", 15_000)
                                .encode()))
                .getString("reference");
        browser.open(bridge.url() + "/console/outbox");
        browser.see("main", "FORBIDDEN");
        browser.assertAccessible();
        browser.picture("dead-letters");

        browser.click("a[href='/console/outbox/" + id + "']");
        browser.see("h1", "Outbox item");
        browser.assertAccessible();
        JsonObject work = json(bridge.send("GET", "/v1/ops/dead-letters/" + id, null, "sandbox-operator"))
                .getJsonObject("body");
        String caller = vendors.records("sys_user", "user_name=abel.tuter")
                .getJsonObject(0)
                .getString("sys_id");
        work.getJsonObject("fields").put("sysId", caller);
        browser.type("body", work.encode());
        browser.click("#body ~ .buttons button[type=submit]");
        browser.see("#notice", "Corrected");
        browser.click("#replay");
        browser.see("#progress", "1 of 1 ended");
        browser.see("#progress", "done");

        assertThat(vendors.records("incident", "correlation_id=" + conversation))
                .singleElement()
                .satisfies(incident -> assertThat(((JsonObject) incident).getString("caller_id"))
                        .isEqualTo(caller));
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{}");
        browser.assertNoErrors();
    }

    @Test
    void shouldShowTheAgentPageInANarrowColumn() {
        String url = json(bridge.post(
                        "/v1/callers/lookup",
                        new JsonObject()
                                .put("ani", "+14155550123")
                                .put("conversationId", UUID.randomUUID().toString())
                                .encode()))
                .getString("agentPageUrl");
        String page = bridge.url() + "/agent/pop?" + URI.create(url).getRawQuery();

        assertThat(browser.overflow(page, 300)).isZero();
        browser.open(page);
        browser.see("h1", "Abel Tuter");
        browser.picture("agent-page");
        browser.assertAccessible();
        browser.assertNoErrors();
    }

    private static JsonObject json(CompletableFuture<HttpResponse<String>> answer) {
        return new JsonObject(answer.join().body());
    }

    private String state() {
        return vendors.genesys("telephony/emergencyrouting").getString("state");
    }
}
