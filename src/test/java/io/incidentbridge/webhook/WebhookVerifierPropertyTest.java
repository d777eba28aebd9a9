package io.incidentbridge.webhook;

import static io.incidentbridge.webhook.WebhookFixture.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to a signed delivery, it is refused; left alone, it is accepted. */
class WebhookVerifierPropertyTest {

    private static final long NOW = 1_800_000_000;
    private static final WebhookVerifier VERIFIER = WebhookFixture.verifier(
            Instant.ofEpochSecond(NOW),
            Map.of(
                    "servicenow.sandbox", WebhookFixture.STANDARD_SECRET,
                    "pagerduty.sandbox", WebhookFixture.PAGERDUTY_SECRET,
                    "jira.sandbox", WebhookFixture.JIRA_SECRET));

    /** @param place where; @param value what */
    record Tampering(How how, int place, byte value) {}

    enum How {
        FLIP_BODY,
        INSERT_INTO_BODY,
        TRUNCATE_BODY,
        DOUBLE_BODY,
        REENCODE_BODY,
        FLIP_SIGNATURE,
        TRUNCATE_SIGNATURE,
        DOUBLE_SIGNATURE,
        REENCODE_SIGNATURE,
        CUT_VERSION,
        DROP_HEADER,
        OTHER_SENDER,
        OTHER_NAME,
        OTHER_ID,
        OTHER_TIME
    }

    @Property(tries = 300)
    void shouldAcceptWhatIsSigned(@ForAll WebhookSource source, @ForAll("bodies") byte[] body) {
        assertThat(VERIFIER.verify(source, "sandbox", headers(signed(source, body)), body))
                .isTrue();
    }

    @Property(tries = 3000)
    void shouldRefuseWhatIsTamperedWith(
            @ForAll WebhookSource source, @ForAll("bodies") byte[] body, @ForAll("tamperings") Tampering tampering) {
        Map<String, String> changed = new HashMap<>(signed(source, body));
        byte[] changedBody = body(body, tampering);
        changeHeaders(source, changed, tampering);
        Assume.that(!Arrays.equals(body, changedBody)
                || !changed.equals(signed(source, body))
                || tampering.how() == How.OTHER_SENDER
                || tampering.how() == How.OTHER_NAME);
        WebhookSource sentTo = tampering.how() == How.OTHER_SENDER
                ? WebhookSource.values()[(source.ordinal() + 1) % WebhookSource.values().length]
                : source;
        String name = tampering.how() == How.OTHER_NAME ? "other" : "sandbox";

        assertThat(VERIFIER.verify(sentTo, name, headers(changed), changedBody)).isFalse();
    }

    private static byte[] body(byte[] body, Tampering tampering) {
        int place = Math.floorMod(tampering.place(), body.length);
        return switch (tampering.how()) {
            case FLIP_BODY -> {
                byte[] flipped = body.clone();
                flipped[place] = tampering.value();
                yield flipped;
            }
            case INSERT_INTO_BODY -> {
                byte[] longer = Arrays.copyOf(body, body.length + 1);
                System.arraycopy(body, place, longer, place + 1, body.length - place);
                longer[place] = tampering.value();
                yield longer;
            }
            case TRUNCATE_BODY -> Arrays.copyOf(body, place);
            case DOUBLE_BODY -> {
                byte[] twice = Arrays.copyOf(body, body.length * 2);
                System.arraycopy(body, 0, twice, body.length, body.length);
                yield twice;
            }
            case REENCODE_BODY -> new String(body, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_16);
            default -> body;
        };
    }

    private static void changeHeaders(WebhookSource source, Map<String, String> headers, Tampering tampering) {
        String name = signatureHeader(source);
        String signature = headers.get(name);
        int place = Math.floorMod(tampering.place(), signature.length());
        switch (tampering.how()) {
            case FLIP_SIGNATURE ->
                headers.put(
                        name,
                        signature.substring(0, place)
                                + (char) (33 + Math.floorMod(tampering.value(), 94))
                                + signature.substring(place + 1));
            case TRUNCATE_SIGNATURE -> headers.put(name, signature.substring(0, place));
            case DOUBLE_SIGNATURE -> headers.put(name, signature + signature);
            case REENCODE_SIGNATURE -> headers.put(name, reencoded(source, signature));
            case CUT_VERSION -> headers.put(name, signature.replaceFirst("^[^,=]*[,=]", ""));
            case DROP_HEADER ->
                headers.remove(headers.keySet().stream()
                        .sorted()
                        .toList()
                        .get(Math.floorMod(tampering.place(), headers.size())));
            case OTHER_ID -> headers.computeIfPresent("webhook-id", (same, id) -> id + tampering.place());
            case OTHER_TIME ->
                headers.computeIfPresent(
                        "webhook-timestamp",
                        (same, time) -> Long.toString(NOW + 1 + Math.floorMod(tampering.place(), 999)));
            default -> {}
        }
    }

    /** The same bytes in the other scheme's letters. */
    private static String reencoded(WebhookSource source, String signature) {
        return source == WebhookSource.SERVICENOW
                ? "v1," + HexFormat.of().formatHex(Base64.getDecoder().decode(signature.substring(3)))
                : signature.substring(0, signature.indexOf('=') + 1)
                        + Base64.getEncoder()
                                .encodeToString(
                                        HexFormat.of().parseHex(signature.substring(signature.indexOf('=') + 1)));
    }

    private static String signatureHeader(WebhookSource source) {
        return switch (source) {
            case SERVICENOW -> StandardSignature.SIGNATURE;
            case PAGERDUTY -> PagerDutySignature.SIGNATURE;
            case JIRA -> JiraSignature.SIGNATURE;
        };
    }

    private static Map<String, String> signed(WebhookSource source, byte[] body) {
        return switch (source) {
            case SERVICENOW -> WebhookFixture.standard(WebhookFixture.STANDARD_SECRET, "event_1", NOW, body);
            case PAGERDUTY -> WebhookFixture.pagerDuty(WebhookFixture.PAGERDUTY_SECRET, body);
            case JIRA -> WebhookFixture.jira(WebhookFixture.JIRA_SECRET, body);
        };
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300);
    }

    @Provide
    Arbitrary<Tampering> tamperings() {
        return Combinators.combine(Arbitraries.of(How.class), Arbitraries.integers(), Arbitraries.bytes())
                .as(Tampering::new);
    }
}
