package io.incidentbridge.phone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** How telephone numbers are read. */
@ConfigMapping(prefix = "bridge.phone")
interface PhoneConfig {

    /** ISO 3166 code of the country that numbers without a country code belong to. */
    @WithDefault("US")
    @Pattern(regexp = "[A-Z]{2}")
    String defaultRegion();
}
