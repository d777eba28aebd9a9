package io.incidentbridge.phone;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    private final PhoneNumbers numbers = new PhoneNumbers("US");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    +14155550123 | +14155550123
                    tel:+14155550123 | +14155550123
                    tel:+1-415-555-0123;ext=45 | +14155550123
                    sip:+14155550123@edge.example.com;user=phone | +14155550123
                    (415) 555-0123 | +14155550123
                    415.555.0123 | +14155550123
                    1-415-555-0123 | +14155550123
                    +1 (415) 555-0123 x45 | +14155550123
                    415-555-0123 ext. 45 | +14155550123
                    415\u00a0555\u00a00123 | +14155550123
                    +44 (0)20 7946 0018 | +442079460018
                    011 44 20 7946 0018 | +442079460018
                    +49 89 1234-0 | +498912340
                    +33 1 42 68 53 00 | +33142685300
                    """)
    void shouldReadEveryUsualSpelling(String written, String e164) {
        assertThat(numbers.toE164(written.replace("\\u00a0", "\u00a0"))).contains(e164);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "anonymous",
                "Restricted",
                "sip:anonymous@anonymous.invalid",
                "5123",
                "5550123",
                "0",
                "+",
                "+1",
                "javascript:gs.getUserID()",
                "^NQactive=true",
                "+999999999999999999",
                "tel:",
                "\u0000"
            })
    void shouldRefuseWithheldInternalAndUnreadableNumbers(String text) {
        assertThat(numbers.toE164(text)).isEmpty();
    }

    @Property
    void shouldAnswerNothingButPlusAndDigits(@ForAll String text) {
        numbers.toE164(text).ifPresent(e164 -> assertThat(e164).matches("\\+[1-9]\\d{4,16}"));
    }
}
