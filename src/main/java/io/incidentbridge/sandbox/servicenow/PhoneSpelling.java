package io.incidentbridge.sandbox.servicenow;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** The ways people type a North American number into a free text field. */
enum PhoneSpelling {
    PARENTHESES(n -> "(%s) %s-%s".formatted(n.area, n.exchange, n.line)),
    DOTS(n -> "%s.%s.%s".formatted(n.area, n.exchange, n.line)),
    SPACES(n -> "%s %s %s".formatted(n.area, n.exchange, n.line)),
    E164(n -> "+1%s%s%s".formatted(n.area, n.exchange, n.line)),
    INTERNATIONAL(n -> "+1 %s-%s-%s".formatted(n.area, n.exchange, n.line)),
    TRUNK_DASHES(n -> "1-%s-%s-%s".formatted(n.area, n.exchange, n.line)),
    DIGITS(n -> n.area + n.exchange + n.line),
    EXTENSION(n -> "+1 (%s) %s %s x45".formatted(n.area, n.exchange, n.line)),
    DASHES(n -> "%s-%s-%s".formatted(n.area, n.exchange, n.line)),
    TEL_URI(n -> "tel:+1-%s-%s-%s".formatted(n.area, n.exchange, n.line)),
    /** As copied from a web page. */
    NO_BREAK_SPACES(n -> "%s\u00a0%s\u00a0%s".formatted(n.area, n.exchange, n.line)),
    SLASH(n -> "%s/%s-%s".formatted(n.area, n.exchange, n.line));

    private static final List<PhoneSpelling> ALL = List.of(values());
    private static final int EVERYDAY = 9;

    private final Function<Number, String> format;

    PhoneSpelling(Function<Number, String> format) {
        this.format = format;
    }

    String of(Number number) {
        return format.apply(number);
    }

    /** The odd spellings, from {@link #TEL_URI} on, come up in one of twenty numbers. */
    static PhoneSpelling any(Random random) {
        int bound = random.nextInt(20) == 0 ? ALL.size() : EVERYDAY;
        return ALL.get(random.nextInt(bound));
    }

    /** A number of the North American plan. */
    record Number(String area, String exchange, String line) {

        static Number of(int area, int exchange, int line) {
            return new Number(String.valueOf(area), String.valueOf(exchange), String.format(Locale.ROOT, "%04d", line));
        }
    }
}
