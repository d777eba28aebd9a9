package io.incidentbridge.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.Pattern;

/** Phone numbers in any usual spelling, and the one spelling by which they are compared: E.164. */
@ApplicationScoped
public class PhoneNumbers {

    /** Genesys gives {@code tel:} and {@code sip:} addresses; of a sip address only the user part is a number. */
    private static final Pattern SIP = Pattern.compile("(?i)sips?:([^@;]+).*", Pattern.DOTALL);

    private static final int LONGEST = 100;

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final String region;

    @Inject
    PhoneNumbers(PhoneConfig config) {
        this(config.defaultRegion());
    }

    PhoneNumbers(String region) {
        this.region = region;
    }

    /**
     * @param text any spelling, with or without country code, extension or {@code tel:}
     * @return with {@code +} and digits only; empty for a withheld, internal or unreadable number
     */
    public Optional<String> toE164(String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = library.parse(SIP.matcher(text.strip()).replaceFirst("$1"), region);
            return library.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(library.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the text is a spelling of the number.
     *
     * @param e164 as {@link #toE164} gives it
     */
    public boolean isSame(String e164, String text) {
        return text.equals(e164) || toE164(text).filter(e164::equals).isPresent();
    }
}
