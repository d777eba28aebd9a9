package io.incidentbridge.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportCheckTest {

    @ParameterizedTest
    @CsvSource({
        "bridge.servicenow.url, http://example.service-now.com",
        "bridge.genesys.api-url, http://api.mypurecloud.com",
        "bridge.genesys.login-url, login.mypurecloud.com",
        "bridge.pagerduty.url, http://api.pagerduty.com",
        "bridge.jira.url, http://acme.atlassian.net",
        "quarkus.tls.trust-all, true",
        "quarkus.tls.servicenow.trust-all, true",
        "quarkus.rest-client.genesys.trust-all, true"
    })
    void shouldFindAnUnsafeConnection(String key, String value) {
        assertThat(unsafe(Map.of(key, value))).extracting(Finding::key).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "bridge.servicenow.url, https://example.service-now.com",
        "bridge.genesys.api-url, HTTPS://api.mypurecloud.com",
        "bridge.pagerduty.url, https://api.pagerduty.com",
        "bridge.jira.url, https://acme.atlassian.net",
        "quarkus.tls.trust-all, false"
    })
    void shouldLetASafeConnectionPass(String key, String value) {
        assertThat(unsafe(Map.of(key, value))).isEmpty();
    }

    @Test
    void shouldQuestionPlainHttp() {
        assertThat(findings(Map.of())).extracting(Finding::severity).containsExactly(Finding.Severity.QUESTIONABLE);
    }

    @Test
    void shouldBeContentWithTls() {
        assertThat(findings(Map.of("quarkus.http.tls-configuration-name", "bridge")))
                .isEmpty();
    }

    private static Stream<Finding> unsafe(Map<String, String> keys) {
        return findings(keys).filter(finding -> finding.severity() == Finding.Severity.UNSAFE);
    }

    private static Stream<Finding> findings(Map<String, String> keys) {
        return new TransportCheck(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(keys, "test", 100))
                        .build())
                .check();
    }
}
