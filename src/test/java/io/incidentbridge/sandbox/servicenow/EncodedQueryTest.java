package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedQueryTest {

    private static final Account ACCOUNT = new Account("me", "u1");

    private final Store store = new Store(Schemas.all(Map.of()));
    private final TableSchema schema = store.schema("incident").orElseThrow();
    private final QueryCounters counters = new QueryCounters();

    EncodedQueryTest() {
        store.insert(Row.of(
                store.schema("sys_user").orElseThrow(),
                Map.of("sys_id", "u1", "user_name", "ava", "name", "Ava West", "vip", "true")));
        store.insert(Row.of(
                store.schema("sys_user").orElseThrow(),
                Map.of("sys_id", "u2", "user_name", "bo", "name", "Bo East", "vip", "false")));
        add("a", Map.of("priority", "1", "state", "1", "caller_id", "u1", "u_calls_noted", "10", "active", "true"));
        add("b", Map.of("priority", "2", "state", "2", "caller_id", "u2", "u_calls_noted", "9", "active", "true"));
        add("c", Map.of("priority", "3", "state", "7", "short_description", "Mail ^ down", "active", "false"));
        add("d", Map.of("priority", "4", "state", "8", "opened_at", "2026-01-02 03:04:05", "active", "false"));
    }

    private void add(String sysId, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("sys_id", sysId);
        all.put("number", "INC000" + sysId);
        store.insert(Row.of(schema, all));
    }

    private String run(String query) {
        List<Row> rows =
                EncodedQuery.parse(query, store, schema, ACCOUNT, counters).run(store, schema);
        return rows.stream().map(Row::sysId).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=1|a",
                "priority!=1|bcd",
                "priority=1^state=2|''",
                "priority=1^ORpriority=3|ac",
                "active=true^priority=1^ORpriority=3|a",
                "priority=1^ORpriority=3^active=false|c",
                "priority=1^NQpriority=4|ad",
                "active=true^priority=1^NQactive=false^priority=4|ad",
                "priority=2^EQ|b",
                "priority=2^EQ^ORDERBYnumber|b",
                "numberLIKE00c|c",
                "numberLIKE00C|''",
                "numberNOTLIKE00c|abd",
                "numberSTARTSWITHINC000|abcd",
                "numberENDSWITHd|d",
                "priority<3|ab",
                "priority<=3|abc",
                "priority>3|d",
                "priority>=3|cd",
                "u_calls_noted>9|a",
                "priorityBETWEEN2@3|bc",
                "priorityIN1,4|ad",
                "priorityNOT IN1,4|bc",
                "caller_idISEMPTY|cd",
                "caller_idISNOTEMPTY|ab",
                "caller_id=|cd",
                "caller_id!=|ab",
                "caller_id.vip=true|a",
                "caller_id.nameLIKEEast|b",
                "active=1|ab",
                "opened_at>2026-01-01|d",
                "opened_at<2026-01-02 03:04:05|''",
                "ORDERBYDESCnumber|dcba",
                "active=true^ORDERBYcaller_id|ab",
                "active=true^ORDERBYDESCcaller_id.name|ba",
                "ORDERBYu_calls_noted^ORDERBYDESCnumber|dcba",
                "caller_id=javascript:gs.getUserID()|a",
                "sys_id>b^ORDERBYsys_id|cd",
            })
    void shouldFindTheRowsThatTheQueryMeans(String query, String sysIds) {
        assertThat(run(query)).isEqualTo(sysIds);
        assertThat(counters.ignoredTerms()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_such_field=1|abcd|1",
                "no_such_field=1^priority=1|a|1",
                "priority=1^ORno_such_field=1|a|1",
                "priority~1|abcd|1",
                "PRIORITY=1|abcd|1",
                "LIMIT3|abcd|1",
                "priority=1^LIMIT3|a|1",
                "priorityBETWEEN2|abcd|1",
                "caller_id.no_such_field=1|abcd|1",
                "short_description.name=1|abcd|1",
                "priority=1^ORDERBYno_such_field|a|1",
                "priority=9^NQbogus=1|abcd|1",
                "short_descriptionLIKEMail ^^ down|c|1",
                "caller_id=javascript:gs.log('x')|abcd|1",
                "priority=9^^^|''|0",
            })
    void shouldIgnoreInvalidTermsAndCountThem(String query, String sysIds, int ignored) {
        assertThat(run(query)).isEqualTo(sysIds);
        assertThat(counters.ignoredTerms()).isEqualTo(ignored);
    }

    @Test
    void shouldLetAnInjectedQueryEscapeTheConditionsBeforeIt() {
        assertThat(run("caller_id=u1^numberLIKEx^NQactive=true^ORactive=false")).isEqualTo("abcd");
    }

    @ParameterizedTest
    @CsvSource({"javascript:gs.getUserID()", "' JavaScript: gs.getUserID();'", "javascript:gs.eventQueue()"})
    void shouldCountEveryScriptThatAQueryRuns(String value) {
        run("caller_id=" + value);

        assertThat(counters.javascriptEvaluations()).isEqualTo(1);
    }
}
