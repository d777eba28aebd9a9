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

    /** What a trigger of Genesys hands over; the keys are those that the Terraform module prints. */
    @ParameterizedTest
    @CsvSource({
        "3d8bb8a4-5e0c-4f7b-9a41-0c2f7d1e6b95, email,   Outlook trouble",
        "7C1A9C52-0B0E-4B6F-8D25-5B1E0A7F3C11, email,   E-mail",
        "9e2f4d10-63c1-4c0a-bb0e-2f6a1d5c8e77, network, network",
        "5a6b7c8d-1111-4222-8333-944455566677, 5a6b7c8d-1111-4222-8333-944455566677, 5a6b7c8d-1111-4222-8333-944455566677",
        "Email,                                email,   E-mail",
        "OWA,                                  email,   OWA",
        "VPN/Remote,                           vpn-remote, VPN/Remote"
    })
    void shouldGiveACodesIdItsTopicAndACodeItsWords(String code, String topic, String words) {
        Topics topics = new Topics(OutageFixture.config(
                "topics.3d8bb8a4-5e0c-4f7b-9a41-0c2f7d1e6b95", "email",
                "labels.3d8bb8a4-5e0c-4f7b-9a41-0c2f7d1e6b95", "Outlook trouble",
                "topics.7c1a9c52-0b0e-4b6f-8d25-5b1e0a7f3c11", "email",
                "topics.9e2f4d10-63c1-4c0a-bb0e-2f6a1d5c8e77", "network",
                "topics.owa", "email",
                "labels.email", "E-mail"));

        assertThat(topics.of(code)).isEqualTo(topic);
        assertThat(topics.inWords(code)).isEqualTo(words);
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
