package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.console.OpenIdProvider.Flaw;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Ports;
import io.incidentbridge.testing.SandboxResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in to the console at an OpenID provider, and everything that must not come of it. */
@Tag("processes")
class ConsoleSignOnIT {

    private static final String SECRET = "client-secret-0123456789-0123456789-012";
    private static final String ROTATED = "rotated-secret-0123456789-0123456789-01";
    private static final String STATE_SECRET = "state-secret-0123456789-0123456789-0123";
    private static final String SSO = "/console/sso";
    private static final String AUDIENCE = "incident-bridge-api";
    private static final Pattern TOKEN = Pattern.compile("X-Console-Token&quot;:&quot;([0-9a-f]+)");

    private static final SandboxResource SANDBOX = new SandboxResource();

    @TempDir
    static Path secrets;

    private static OpenIdProvider provider;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        provider = new OpenIdProvider(Ports.free(), SECRET);
        Map<String, String> properties = new HashMap<>(SANDBOX.start());
        properties.put("bridge.redis.deadline", "10s");
        properties.put("bridge.security.key-file-check", "1s");
        properties.put("bridge.console.single-sign-on", "true");
        properties.put("bridge.console.client-secret-file", write(SECRET));
        properties.put("quarkus.oidc.console.auth-server-url", provider.url());
        properties.put("quarkus.oidc.console.client-id", OpenIdProvider.CLIENT);
        properties.put("quarkus.oidc.console.authentication.state-secret", STATE_SECRET);
        // Bearer tokens for the API besides, which must stay apart from it.
        properties.put("quarkus.oidc.tenant-enabled", "true");
        properties.put("quarkus.oidc.auth-server-url", provider.url());
        properties.put("quarkus.oidc.token.audience", AUDIENCE);
        bridge = BridgeProcess.start(properties);

        // The provider is not there yet: neither the start nor a page may break of it.
        Page page = new Visitor().open(SSO);
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("cannot be reached");
        provider.open();
    }

    @AfterAll
    static void stop() {
        provider.close();
        if (bridge != null) {
            bridge.close();
        }
        SANDBOX.stop();
    }

    @Test
    void shouldSignAnOperatorIn() {
        String name = somebody();
        provider.person(name, "data-action", "operator");
        Visitor visitor = new Visitor();

        assertThat(visitor.open("/console/login").body()).contains("href=\"" + SSO + "\"");
        Page welcome = visitor.open(SSO);

        // A page that goes on by itself: a redirect would not carry the SameSite cookie in a browser.
        assertThat(welcome.status()).isEqualTo(200);
        assertThat(welcome.body()).contains(name).contains("content=\"0;url=/console\"");
        assertThat(welcome.header("Cache-Control")).isEqualTo("no-store");
        assertThat(welcome.cookie(Sessions.COOKIE)).contains("HttpOnly", "SameSite=Strict", "Path=/console");
        // Nothing else is left, least of all the provider's tokens.
        assertThat(visitor.cookies()).containsOnlyKeys(Sessions.COOKIE);
        assertThat(visitor.open("/console").body()).contains("Catastrophe mode").contains(name);
    }

    @Test
    void shouldNameThePersonInTheAuditTrail() {
        String name = somebody();
        Visitor visitor = signedIn(name);

        assertThat(visitor.open("/console/audit/export.csv").status()).isEqualTo(200);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        visitor.open("/console/audit/export.jsonl?actor=" + name)
                                .body())
                .contains("\"actor\":\"" + name + "\""));
    }

    @Test
    void shouldShowANameAsTextAndNothingElse() {
        provider.person("<b>eve</b>", "operator");

        Visitor visitor = new Visitor();
        assertThat(visitor.open(SSO).body()).contains("&lt;b&gt;eve").doesNotContain("<b>");
        assertThat(visitor.open("/console").body()).contains("&lt;b&gt;eve").doesNotContain("<b>eve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eve\nada", "eve\u202Eada"})
    void shouldRefuseANameThatCannotBeShown(String name) {
        provider.person(name, "operator");

        assertRefused(new Visitor(), SSO, 401);
    }

    @Test
    void shouldRefuseANameWithoutEnd() {
        provider.person("e".repeat(129), "operator");

        assertRefused(new Visitor(), SSO, 401);
    }

    @Test
    void shouldRefuseAPersonWithoutTheRight() {
        provider.person("eve", "data-action", "operators");
        Visitor visitor = new Visitor();

        Page page = assertRefused(visitor, SSO, 403);

        assertThat(page.body()).contains("may not operate").contains("eve");
        assertThat(visitor.cookies()).isEmpty();
        // Not for ever: he may sign in once he has the right.
        provider.person("eve", "operator");
        assertThat(visitor.open(SSO).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldRefuseWhatAProviderDoesNotConfirm(Flaw flaw) {
        provider.person("eve", "operator");
        provider.flaw(flaw);
        int logged = bridge.log().length();

        Page page = assertRefused(new Visitor(), SSO, 401);

        assertThat(page.body()).contains("not signed in").doesNotContain("no-such-person");
        // The log says why, but neither the provider's words, nor what the token was, nor what it told.
        assertThat(bridge.log().substring(logged))
                .contains("Single sign-on refused: ")
                .doesNotContain("no-such-person")
                .doesNotContain("eyJ")
                .doesNotContain("claims");
    }

    /** So that it can be read by every replica, also while the client secret is being rotated. */
    @Test
    void shouldSealWhatABrowserKeepsUnderTheConfiguredKey() throws Exception {
        String cookie = new Visitor().send(URI.create(bridge.url() + SSO)).cookie("q_auth_console_");
        JsonWebEncryption sealed = new JsonWebEncryption();
        sealed.setAlgorithmConstraints(new AlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.A256GCMKW));
        sealed.setKey(new SecretKeySpec(
                MessageDigest.getInstance("SHA-256").digest(STATE_SECRET.getBytes(StandardCharsets.UTF_8)), "AES"));

        sealed.setCompactSerialization(cookie.split(";")[0].split("\\|")[1]);

        assertThat(sealed.getPlaintextString()).contains("nonce");
    }

    @Test
    void shouldSayWhenTheProviderIsAway() {
        provider.person("ada", "operator");
        Visitor visitor = new Visitor();
        String authorization = visitor.send(URI.create(bridge.url() + SSO)).header("Location");
        String back = visitor.send(URI.create(authorization)).header("Location");
        provider.shut();
        try {
            Page page = assertRefused(visitor, back.substring(bridge.url().length()), 503);
            assertThat(page.body()).contains("cannot be reached");
        } finally {
            provider.open();
        }
    }

    @Test
    void shouldRefuseAStateThatTheBrowserHasNotBegunWith() {
        provider.person("eve", "operator");
        Visitor attacker = new Visitor();
        String authorization = attacker.send(URI.create(bridge.url() + SSO)).header("Location");
        String back = attacker.send(URI.create(authorization))
                .header("Location")
                .substring(bridge.url().length());
        int redeemed = provider.redeemed();

        // A link that would sign its victim in as the attacker, with and without a flow of the victim's own.
        Visitor victim = new Visitor();
        assertRefused(victim, back, 401);
        victim.send(URI.create(bridge.url() + SSO));
        assertRefused(victim, back, 401);
        // A state cookie of somebody's making, with neither a verifier nor a nonce.
        Visitor forger = new Visitor();
        forger.cookies().put("q_auth_console_forged", "forged");
        assertRefused(forger, SSO + "?state=forged&code=" + UUID.randomUUID(), 401);
        forger.cookies().put("q_auth_console_forged", "forged|e30");
        assertRefused(forger, SSO + "?state=forged&code=" + UUID.randomUUID(), 401);

        assertThat(provider.redeemed()).isLessThanOrEqualTo(redeemed + 1);
        // The one who began it may end it, once.
        assertThat(attacker.open(back).status()).isEqualTo(200);
        assertThat(attacker.open(back).status()).isEqualTo(401);
    }

    @Test
    void shouldGuardWhatABrowserKeepsWhileSigningIn() {
        Page redirect = new Visitor().send(URI.create(bridge.url() + SSO));

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("Location"))
                .startsWith(provider.url() + "/authorize?")
                .contains("code_challenge_method=S256", "nonce=", "state=");
        assertThat(redirect.cookie("q_auth_console_"))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax", "Path=/console/sso", "Max-Age=300");
    }

    @Test
    void shouldRefuseAChangedSession() {
        Visitor visitor = signedIn(somebody());
        String session = visitor.cookies().get(Sessions.COOKIE);
        String[] parts = session.split("\\.");

        for (String changed : List.of(
                "ZXZl." + parts[1] + "." + parts[2],
                parts[0] + ".99999999999999." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2].replaceFirst(".", "x"))) {
            visitor.cookies().put(Sessions.COOKIE, changed);
            Page page = visitor.send(URI.create(bridge.url() + "/console"));
            assertThat(page.status()).isEqualTo(303);
            assertThat(page.header("Location")).endsWith("/console/login");
        }
    }

    @Test
    void shouldSignOut() {
        Visitor visitor = signedIn(somebody());
        Matcher token = TOKEN.matcher(visitor.open("/console").body());
        assertThat(token.find()).isTrue();

        assertThat(visitor.post("/console/logout", "").status()).isEqualTo(403);
        assertThat(visitor.post("/console/logout", token.group(1)).status()).isEqualTo(204);

        assertThat(visitor.cookies()).isEmpty();
        assertThat(visitor.open("/console").body()).contains("Operator key");
    }

    @Test
    void shouldKeepTheProviderAwayFromTheApi() {
        Visitor visitor = signedIn(somebody());
        visitor.cookies().put("q_session_console", "anything");
        visitor.cookies().put("q_auth_console_forged", "forged");

        for (String path : List.of(
                "/v1/ops/outages",
                "/v1/ops/outages?state=forged&code=forged",
                SSO + "/../../v1/ops/outages",
                "/console/../v1/ops/outages",
                "/q/openapi")) {
            for (Visitor caller : List.of(visitor, new Visitor())) {
                Page page = caller.send(URI.create(bridge.url() + path));
                assertThat(page.status()).describedAs(path).isEqualTo(401);
                assertThat(page.header("Location")).describedAs(path).isEmpty();
                assertThat(page.header("Set-Cookie")).describedAs(path).isEmpty();
            }
        }
        // Nor is any page of the console but one answered with its redirect.
        assertThat(new Visitor()
                        .send(URI.create(bridge.url() + "/console/outages"))
                        .header("Location"))
                .endsWith("/console/login");
        assertThat(new Visitor().send(URI.create(bridge.url() + SSO + "/")).status())
                .isEqualTo(404);
    }

    @Test
    void shouldKeepBearerTokensApart() {
        provider.person("eve", "operator");
        String bearer = "Bearer " + provider.bearer(AUDIENCE, "program", "operator");

        assertThat(outages(bearer)).isEqualTo(200);
        assertThat(outages("Bearer " + provider.bearer(AUDIENCE, "program"))).isEqualTo(403);
        // Neither they nor keys open a session in a browser.
        for (HttpRequest.Builder request : List.of(
                request(SSO).header("Authorization", bearer), request(SSO).header("X-API-Key", "sandbox-operator"))) {
            Page page = new Visitor().send(request);
            assertThat(page.status()).isEqualTo(302);
            assertThat(page.cookie(Sessions.COOKIE)).isEmpty();
        }
    }

    @Test
    void shouldRefuseBearerTokensForOthers() {
        provider.person("eve", "operator");
        for (String token : List.of(
                provider.bearer("another-api", "program", "operator"),
                // As the console's own client gets one.
                provider.bearer(OpenIdProvider.CLIENT, "program", "operator"),
                provider.bearer(null, "program", "operator"),
                UUID.randomUUID().toString())) {
            assertThat(outages("Bearer " + token)).isEqualTo(401);
        }
    }

    private static int outages(String authorization) {
        return new Visitor()
                .send(request("/v1/ops/outages").header("Authorization", authorization))
                .status();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(bridge.url() + path));
    }

    @Test
    void shouldFollowARotatedSecret() throws IOException {
        provider.rotate(ROTATED);
        write(ROTATED);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            provider.person("ada", "operator");
            assertThat(new Visitor().open(SSO).status()).isEqualTo(200);
        });
    }

    @Test
    @EnabledIf(
            value = "io.incidentbridge.console.Browser#isInstalled",
            disabledReason = "there is no chromium and chromedriver (Debian's packages chromium and chromium-driver)")
    void shouldEndOnTheOverviewInABrowserThatComesFromAnotherSite() {
        provider.person("ada", "operator");
        provider.ask();
        try (Browser browser = Browser.start()) {
            browser.open(bridge.url() + "/console/login");
            browser.assertAccessible();
            browser.click("a.button");
            browser.click("#yes");

            browser.see("#live-state", "Live");
            browser.see(".who", "ada");
            assertThat(browser.url()).isEqualTo(bridge.url() + "/console");
            browser.assertNoErrors();
        }
    }

    private static Visitor signedIn(String name) {
        provider.person(name, "operator");
        Visitor visitor = new Visitor();
        assertThat(visitor.open(SSO).status()).isEqualTo(200);
        return visitor;
    }

    private static String somebody() {
        return "ada-" + UUID.randomUUID() + "@example.com";
    }

    private static Page assertRefused(Visitor visitor, String path, int status) {
        Page page = visitor.open(path);
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(visitor.cookies()).doesNotContainKey(Sessions.COOKIE);
        return page;
    }

    private static String write(String secret) throws IOException {
        Path next = Files.writeString(secrets.resolve("next"), secret + "\n");
        return Files.move(next, secrets.resolve("client-secret"), StandardCopyOption.REPLACE_EXISTING)
                .toString();
    }

    /** An answer with what it set. */
    private record Page(HttpResponse<String> answer) {

        int status() {
            return answer.statusCode();
        }

        String body() {
            return answer.body();
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }

        /** As it was set; the last one whose name begins so. */
        String cookie(String name) {
            return answer.headers().allValues("Set-Cookie").stream()
                    .filter(set -> set.startsWith(name))
                    .reduce((one, other) -> other)
                    .orElse("");
        }
    }

    /** A browser's cookies and redirects, without what the JDK's own cookie handler makes of them. */
    private static final class Visitor {

        private static final int MOST_REDIRECTS = 5;

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final Map<String, String> cookies = new TreeMap<>();

        Map<String, String> cookies() {
            return cookies;
        }

        /** Follows redirects. */
        Page open(String path) {
            Page page = send(URI.create(bridge.url() + path));
            for (int i = 0; i < MOST_REDIRECTS && page.status() / 100 == 3; i++) {
                page = send(page.answer().uri().resolve(page.header("Location")));
            }
            return page;
        }

        Page send(URI address) {
            return send(HttpRequest.newBuilder(address));
        }

        Page post(String path, String token) {
            return send(HttpRequest.newBuilder(URI.create(bridge.url() + path))
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("X-Console-Token", token)
                    .POST(BodyPublishers.noBody()));
        }

        private Page send(HttpRequest.Builder request) {
            request.timeout(Duration.ofSeconds(30));
            if (!cookies.isEmpty() && request.build().uri().toString().startsWith(bridge.url())) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            try {
                Page page = new Page(http.send(request.build(), BodyHandlers.ofString()));
                page.answer().headers().allValues("Set-Cookie").forEach(this::keep);
                return page;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void keep(String set) {
            String name = set.substring(0, set.indexOf('='));
            String value = set.substring(set.indexOf('=') + 1).split(";", 2)[0];
            if (set.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
    }
}
