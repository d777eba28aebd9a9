package io.incidentbridge.outage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {

    @ParameterizedTest
    @CsvSource({
        "Email,             email",
        "' E-Mail  down! ', e-mail-down",
        "VPN/Remote,        vpn-remote",
        "Почта,             почта",
        "'}{',              ''",
        "'',                ''",
        "global,            global-topic"
    })
    void shouldSpellATopicInOneWay(String raw, String topic) {
        assertThat(new Topics(OutageFixture.config()).of(raw)).isEqualTo(topic);
    }

    @Test
    void shouldLetSeveralCodesShareATopic() {
        Topics topics = new Topics(OutageFixture.config("topics.outlook", "E-Mail", "topics.owa", "e-mail"));

        assertThat(topics.of("Outlook")).isEqualTo(topics.of("OWA")).isEqualTo("e-mail");
    }

    @Test
    void shouldTakeTheConfiguredField() {
        assertThat(new Topics(OutageFixture.config("topic-from", "category")).of("code", "Mail", "queue"))
                .isEqualTo("mail");
        assertThat(new Topics(OutageFixture.config("topic-from", "queue")).of("code", null, "Queue"))
                .isEqualTo("queue");
    }

    @Test
    void shouldLetOnlyOperatorsNameTheWholeServiceDesk() {
        assertThat(new Topics(OutageFixture.config()).named("Global")).isEqualTo("global");
    }
}
