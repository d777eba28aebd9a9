package io.incidentbridge.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A condition that ServiceNow cannot read is no filter: the rule would run at every update, or at none. */
class BusinessRulesTest {

    private static final Path RULES = Path.of("integrations/servicenow/src/fluent/index.now.ts");
    private static final Pattern RULE = Pattern.compile("BusinessRule\\(");
    private static final Pattern FILTER = Pattern.compile("filterCondition: '(.*)'");
    private static final Pattern CONDITION =
            Pattern.compile("[a-z_]+(=\\w+|IN\\w+(,\\w+)*|VALCHANGES|CHANGES(FROM|TO)\\w+)");

    @Test
    void shouldFilterByOperatorsThatServiceNowHas() throws IOException {
        String rules = Files.readString(RULES);
        List<String> filters =
                FILTER.matcher(rules).results().map(found -> found.group(1)).toList();

        assertThat(filters)
                .hasSize(Math.toIntExact(RULE.matcher(rules).results().count()));
        assertThat(filters.stream().flatMap(filter -> Stream.of(filter.split("\\^(OR)?"))))
                .isNotEmpty()
                .allSatisfy(condition -> assertThat(condition).matches(CONDITION));
    }

    @Test
    void shouldRunWhenPriorityOrStateChanges() throws IOException {
        assertThat(FILTER.matcher(Files.readString(RULES)).results().map(MatchResult::group))
                .contains("filterCondition: 'priorityVALCHANGES'", "filterCondition: 'stateVALCHANGES'");
    }
}
