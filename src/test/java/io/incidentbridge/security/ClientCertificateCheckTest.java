package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.startup.Finding;
import io.smallrye.config.SmallRyeConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCertificateCheckTest {

    private static final String KEY = "bridge.security.client-certificates";

    @ParameterizedTest
    @CsvSource({
        "bridge.webhook.pagerduty.acme.secret-files, /secrets/pagerduty, webhooks",
        "bridge.webhook.servicenow.acme.secrets, x, webhooks",
        "bridge.agent-page.url, https://bridge.example, agents",
        "bridge.console.single-sign-on, true, operators"
    })
    void shouldSayWhomARequiredCertificateCutsOff(String key, String value, String whom) {
        assertThat(findings("required", Map.of(key, value))).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo(KEY);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.QUESTIONABLE);
            assertThat(finding.problem()).contains(whom);
        });
        assertThat(findings("request", Map.of(key, value))).isEmpty();
        assertThat(findings("none", Map.of(key, value))).isEmpty();
    }

    @Test
    void shouldLetDataActionsAloneHaveItRequired() {
        assertThat(findings(
                        "required", Map.of("bridge.webhook.oldest", "72h", "bridge.console.single-sign-on", "false")))
                .isEmpty();
    }

    @Test
    void shouldRefuseAClientThatIsNeverAskedForItsCertificate() {
        Map<String, String> keys = Map.of("bridge.security.clients.genesys.certificate", "true");

        assertThat(findings("none", keys)).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo("bridge.security.clients.genesys.certificate");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
        });
        assertThat(findings("request", keys)).isEmpty();
        assertThat(findings("required", keys)).isEmpty();
    }

    private static Stream<Finding> findings(String certificates, Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.put(KEY, certificates);
        all.put("bridge.security.clients.genesys.rights", "data-action");
        SmallRyeConfig config = Configs.config(all);
        return new ClientCertificateCheck(config.getConfigMapping(SecurityConfig.class), config).check();
    }
}
