package io.incidentbridge.webhook;

import static io.incidentbridge.webhook.WebhookFixture.bytes;
import static io.incidentbridge.webhook.WebhookFixture.headers;
import static io.incidentbridge.webhook.WebhookFixture.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published vectors of each scheme, and what somebody else's library signs. */
class WebhookVerifierTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_plJ3nmyCDGBKInavdOK15jsl00000000";
    private static final long SENT = 1_614_265_330;
    private static final byte[] BODY = bytes("{\"test\": 2432232314}");

    /** standard-webhooks/standard-webhooks, libraries/python/tests/test_webhooks.py. */
    @Test
    void shouldAcceptThePublishedVectorOfStandardWebhooks() {
        assertThat(standard(SECRET, SENT, BODY, published())).isTrue();
    }

    /** developer.atlassian.com, "Webhooks", and WebSub's own example. */
    @Test
    void shouldAcceptThePublishedVectorOfJira() {
        byte[] body = bytes("Hello World!");
        String signature = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
        WebhookVerifier verifier = verifier(Instant.EPOCH, Map.of("jira.site", "It's a Secret to Everybody"));

        assertThat(verifier.verify(WebhookSource.JIRA, "site", headers(Map.of("X-Hub-Signature", signature)), body))
                .isTrue();
    }

    /** RFC 4231, test case 2, in the form of PagerDuty's documentation: several signatures, others than v1 skipped. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "v1=0000,v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "v2=77, v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            })
    void shouldAcceptThePublishedVectorOfPagerDuty(String signature) {
        WebhookVerifier verifier = verifier(Instant.EPOCH, Map.of("pagerduty.acme", "Jefe"));

        assertThat(verifier.verify(
                        WebhookSource.PAGERDUTY,
                        "acme",
                        headers(Map.of("X-PagerDuty-Signature", signature)),
                        bytes("what do ya want for nothing?")))
                .isTrue();
    }

    @Test
    void shouldAcceptWhatTheStandardWebhooksLibrarySigns() throws Exception {
        String payload = "{\"type\":\"incident.updated\",\"data\":{\"title\":\"Störung €\"}}";
        String signature = new Webhook(SECRET).sign("msg_1", SENT, payload);

        assertThat(standard(SECRET, SENT, bytes(payload), headersOf("msg_1", SENT, signature)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,true", "299,true", "-299,true", "301,false", "-301,false", "86400,false"})
    void shouldHoldTheSignedTimeToTheTolerance(long late, boolean accepted) {
        assertThat(standard(SECRET, SENT + late, BODY, published())).isEqualTo(accepted);
    }

    @Test
    void shouldAcceptOldAndNewSecretWhileTheyRotate() {
        assertThat(standard(OTHER + "," + SECRET, SENT, BODY, published())).isTrue();
        Map<String, String> both = new HashMap<>(published());
        both.merge("webhook-signature", "v1,AAAA v1a,BBBB ", (own, others) -> others + own);
        assertThat(standard(SECRET, SENT, BODY, both)).isTrue();
    }

    @Test
    void shouldRefuseAnotherSendersSignature() {
        assertThat(standard(OTHER, SENT, BODY, published())).isFalse();
    }

    /** corsairdev/corsair, issue 595: unsigned deliveries were taken where no secret was set. */
    @Test
    void shouldFailClosedWithoutAUsableSecret() {
        WebhookVerifier verifier = verifier(
                Instant.ofEpochSecond(SENT), Map.of("servicenow.short", "whsec_c2hvcnQ=", "servicenow.bad", "!!"));

        for (String name : List.of("short", "bad", "unknown", "")) {
            assertThat(verifier.verify(WebhookSource.SERVICENOW, name, headers(published()), BODY))
                    .isFalse();
            assertThat(verifier.verify(WebhookSource.SERVICENOW, name, headers(Map.of()), BODY))
                    .isFalse();
        }
    }

    @Test
    void shouldKnowWhoIsSetUpEvenWithoutAUsableSecret() {
        WebhookVerifier verifier = verifier(Instant.EPOCH, Map.of("servicenow.acme", SECRET, "servicenow.bad", "!!"));

        assertThat(verifier.knows(WebhookSource.SERVICENOW, "acme")).isTrue();
        assertThat(verifier.knows(WebhookSource.SERVICENOW, "bad")).isTrue();
        assertThat(verifier.knows(WebhookSource.SERVICENOW, "nobody")).isFalse();
        assertThat(verifier.knows(WebhookSource.PAGERDUTY, "acme")).isFalse();
    }

    @Test
    void shouldRefuseDoubledHeaders() {
        for (String doubled : published().keySet()) {
            Headers single = headers(published());
            Headers twice = new Headers(name ->
                    name.equals(doubled) ? List.of(single.only(name), single.only(name)) : List.of(single.only(name)));
            assertThat(verifier(Instant.ofEpochSecond(SENT), Map.of("servicenow.acme", SECRET))
                            .verify(WebhookSource.SERVICENOW, "acme", twice, BODY))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha1=0caf649feee4953d87bf903ac1176c45e028df16",
                "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
                "sha256=A4771C39FBE90F317C7824E83DDEF3CAAE9CB3D976C214ACE1F2937E133263C9",
                "sha256=pHccOfvpDzF8eCToPd7zyq6cs9l2whSs4fKTfhMyY8k=",
                "sha256=",
                ""
            })
    void shouldRefuseOtherMethodsAndEncodings(String signature) {
        WebhookVerifier verifier = verifier(Instant.EPOCH, Map.of("jira.site", "It's a Secret to Everybody"));

        assertThat(verifier.verify(
                        WebhookSource.JIRA,
                        "site",
                        headers(Map.of("X-Hub-Signature", signature)),
                        bytes("Hello World!")))
                .isFalse();
    }

    /** Jira's excludeBody: the signature over nothing never changes. */
    @Test
    void shouldRefuseASignedEmptyBodyOfJira() {
        WebhookVerifier verifier = verifier(Instant.EPOCH, Map.of("jira.site", "secret-secret-secret"));

        assertThat(verifier.verify(
                        WebhookSource.JIRA,
                        "site",
                        headers(WebhookFixture.jira("secret-secret-secret", new byte[0])),
                        new byte[0]))
                .isFalse();
    }

    private static boolean standard(String secrets, long now, byte[] body, Map<String, String> given) {
        return verifier(Instant.ofEpochSecond(now), Map.of("servicenow.acme", secrets))
                .verify(WebhookSource.SERVICENOW, "acme", headers(given), body);
    }

    private static Map<String, String> published() {
        return headersOf("msg_p5jXN8AQM9LWM0D4loKWxJek", SENT, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    private static Map<String, String> headersOf(String id, long seconds, String signature) {
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(seconds), "webhook-signature", signature);
    }
}
