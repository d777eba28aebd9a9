package io.incidentbridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanPrivacyTest {

    @ParameterizedTest
    @CsvSource({
        "https://acme.service-now.com/api/now/table/sys_user?sysparm_query=phone%3D%2B14155550123,"
                + "https://acme.service-now.com/api/now/table/sys_user",
        "https://acme.service-now.com/api/now/table/incident/62826bf03710200044e0bfc8bcbe5df1,"
                + "https://acme.service-now.com/api/now/table/incident/*",
        "http://127.0.0.1:8080/sandbox/servicenow/oauth_token.do,http://127.0.0.1:8080/sandbox/servicenow/oauth_token.do",
        "https://user:word@api.mypurecloud.de/api/v2/conversations/0a1b,https://api.mypurecloud.de/api/v2/conversations/*",
        "https://acme/%2B14155550123/,https://acme/*/",
        "not an address,''"
    })
    void shouldKeepHostAndWordsOfAnAddress(String full, String kept) {
        assertThat(SpanPrivacy.address(full)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/callers/lookup,/v1/callers/lookup",
        "/v1/wrapups/5ab3dd4c-44b4-4cb4-9e66-7b2dcd2be5f1,/v1/wrapups/*",
        "/v1/emergencies/INC0010023,/v1/emergencies/*",
        "/v1/ops/dead-letters/7/replay,/v1/ops/dead-letters/*/replay"
    })
    void shouldKeepWordsOfAPath(String path, String kept) {
        assertThat(SpanPrivacy.words(path)).isEqualTo(kept);
    }
}
