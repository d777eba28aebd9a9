package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedQueryTest {

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N} \\u00a0_.:;+()/#-]{1,100}");

    @Test
    void shouldJoinConditions() {
        EncodedQuery query = EncodedQuery.all()
                .is("active", "true")
                .anyOf(List.of(
                        EncodedQuery.endingWith("phone") + "0123", EncodedQuery.contains("mobile_phone", "0123 ")))
                .in("state", List.of("1", "2"))
                .between("sys_created_on", "2026-01-01 00:00:00", "2026-01-02 00:00:00")
                .newestFirst("sys_updated_on");

        assertThat(query)
                .hasToString("active=true^phoneENDSWITH0123^ORmobile_phoneLIKE0123 ^stateIN1,2"
                        + "^sys_created_onBETWEEN2026-01-01 00:00:00@2026-01-02 00:00:00^ORDERBYDESCsys_updated_on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^NQactive=true",
                "^",
                "a^ORb=c",
                "javascript:gs.getUserID()",
                " JavaScript:x",
                "JAVASCRIPT:x()",
                "a,b",
                "a@b",
                "a=b",
                "a\nb",
                "a\u0000b",
                "${x}",
                "%",
                "<b>",
                "'",
                "\"",
                "`",
                "\\",
                "",
                "!=x"
            })
    void shouldRefuseWhatCouldBecomeACondition(String value) {
        assertThat(EncodedQuery.accepts(value)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.all().is("name", value));
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.all().in("name", List.of("fine", value)));
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.all().between("name", "fine", value));
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.contains("name", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name", "a^b", "a=b", "a b", "1a", "a..b", "a.b.c.d.e"})
    void shouldRefuseWhatIsNoField(String field) {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.all().is(field, "x"));
    }

    @Test
    void shouldRefuseAnEmptyList() {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.all().in("state", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name", "a^b", "a=b", "a b", "1a", "a..b", "a.b.c.d.e"})
    void shouldRefuseToCompareWhatIsNoField(String field) {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.containing(field));
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.endingWith(field));
    }

    @Property
    void shouldBeOneValueOfAnAddress(@ForAll("terms") String value) {
        EncodedQuery query = EncodedQuery.all().is("name", value).newestFirst("number");

        assertThat(query.encoded()).matches("[A-Za-z0-9._~+%-]+");
        assertThat(URLDecoder.decode(query.encoded(), StandardCharsets.UTF_8)).isEqualTo(query.toString());
    }

    @Provide
    Arbitrary<String> terms() {
        return Arbitraries.strings()
                .withChars("aZ09 \u00a0_.:;+()/#-\u00e4\u20ac\u4e2d")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(EncodedQuery::accepts);
    }

    @Property
    void shouldTakeLettersNumbersAndAFewSigns(@ForAll("texts") String value) {
        boolean allowed = ALLOWED.matcher(value).matches()
                && !value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:");

        assertThat(EncodedQuery.accepts(value)).isEqualTo(allowed);
    }

    @Provide
    Arbitrary<String> texts() {
        // Letters beyond the first plane, lone halves of one, numbers that are no digits, blanks of all kinds.
        return Arbitraries.of(
                        "a",
                        "\u00e4",
                        "\ud801\udc00",
                        "\ud801",
                        "\udc00",
                        "\u2167",
                        "\u00bd",
                        "7",
                        "\u0661",
                        " ",
                        "\u00a0")
                .injectDuplicates(0.2)
                .list()
                .ofMaxSize(102)
                .map(parts -> String.join("", parts))
                .flatMap(text -> Arbitraries.of("", "^", "javascript:", "\u2003", "\n", "-")
                        .map(text::concat));
    }

    @Test
    void shouldCountCharactersAsPeopleDo() {
        assertThat(EncodedQuery.accepts("\ud801\udc00".repeat(100))).isTrue();
        assertThat(EncodedQuery.accepts("\ud801\udc00".repeat(101))).isFalse();
    }

    @Property
    void shouldNeverLetAValueAddACondition(@ForAll String value) {
        if (EncodedQuery.accepts(value)) {
            String query = EncodedQuery.all().is("name", value).toString();

            assertThat(query).isEqualTo("name=" + value).doesNotContain("^", ",", "@");
            assertThat(value.strip().toLowerCase(Locale.ROOT)).doesNotStartWith("javascript:");
        }
    }
}
