package io.incidentbridge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLinksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String REFERENCE = "0123456789abcdef".repeat(2);

    private final AgentLinks links = new AgentLinks(() -> List.of("first secret", "old secret"));

    @Test
    void shouldOpenWhatItHasSignedUntilItExpires() {
        String link = links.sign(REFERENCE, NOW.plusSeconds(60));

        assertThat(links.open(link, NOW.plusSeconds(59))).contains(REFERENCE);
        assertThat(links.open(link, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void shouldRefuseALinkOfWhichOneCharacterIsAnother() {
        String link = links.sign(REFERENCE, NOW.plusSeconds(60));

        for (int i = 0; i < link.length() - 1; i++) {
            char other = link.charAt(i) == '1' ? '2' : '1';
            assertThat(links.open(link.substring(0, i) + other + link.substring(i + 1), NOW))
                    .as("changed at " + i)
                    .isEmpty();
        }
    }

    @Test
    void shouldOpenLinksOfTheKeyBefore() {
        String old = new AgentLinks(() -> List.of("old secret")).sign(REFERENCE, NOW.plusSeconds(60));
        String strange = new AgentLinks(() -> List.of("another secret")).sign(REFERENCE, NOW.plusSeconds(60));

        assertThat(links.open(old, NOW)).contains(REFERENCE);
        assertThat(links.open(strange, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "0123456789abcdef0123456789abcdef.99999999999.", "x.1.y"})
    void shouldRefuseWhatIsNoLink(String link) {
        assertThat(links.open(link, NOW)).isEmpty();
    }
}
