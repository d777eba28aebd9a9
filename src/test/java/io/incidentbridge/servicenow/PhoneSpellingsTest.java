package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneSpellingsTest {

    /** Known clients of ServiceNow assume this as the longest address it takes. */
    private static final int LONGEST_URL = 2048;

    private static final List<String> FIELDS = List.of("phone", "mobile_phone", "home_phone");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    +14155550123 | (415) 555-0123
                    +14155550123 | 415.555.0123
                    +14155550123 | 415 555 0123
                    +14155550123 | 4155550123
                    +14155550123 | +1 (415) 555-0123 x45
                    +14155550123 | 1-415-555-0123x45
                    +14155550123 | 415-555-0123 ext. 45
                    +14155550123 | tel:+1-415-555-0123;ext=45
                    +14155550123 | 415/555/0123
                    +442079460018 | +44 (0)20 7946 0018
                    +33142685300 | 01 42 68 53 00
                    +33142685300 | 01.42.68.53.00
                    +34912345678 | 912 345 678
                    +498912340 | +49 89 1234-0
                    +493012345678 | +49 30 123456-78
                    +819012345678 | 090-1234-5678
                    +61291234567 | (02) 9123 4567
                    +911123456789 | +91 11 2345 6789
                    +14155550726 | 415-555-0726, ext. 12
                    +14155550728 | 415-555-0728#12
                    +14155550743 | 415-555-0743X12
                    +14155550750 | 4155550750EXT12
                    +14155550738 | 415-555-0738(work)
                    +14155550739 | 415-555-0739.
                    +14155550731 | 415-555-07-31 x12
                    +33199006789 | +33 1 99 00 67 89 x12
                    """)
    void shouldFindEveryUsualSpelling(String e164, String written) {
        List<String> terms = new PhoneSpellings(List.of("phone")).terms(e164);

        assertThat(terms).anyMatch(term -> matches(term, written));
    }

    @Test
    void shouldFitIntoOneAddress() {
        EncodedQuery query =
                EncodedQuery.all().is("active", "true").anyOf(new PhoneSpellings(FIELDS).terms("+14155550123"));

        assertThat(query.encoded().length() + 330).isLessThan(LONGEST_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+123", "14155550123", "+1415555^OR", "+1415555\u0661\u0662\u0663\u0664"})
    void shouldRefuseWhatIsNoNumber(String text) {
        PhoneSpellings spellings = new PhoneSpellings(FIELDS);

        assertThatIllegalArgumentException().isThrownBy(() -> spellings.terms(text));
    }

    private static boolean matches(String term, String written) {
        return term.startsWith("phoneENDSWITH")
                ? written.endsWith(term.substring("phoneENDSWITH".length()))
                : written.contains(term.substring("phoneLIKE".length()));
    }
}
