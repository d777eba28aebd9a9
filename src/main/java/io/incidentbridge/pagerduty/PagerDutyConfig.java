package io.incidentbridge.pagerduty;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;

/** The PagerDuty account that incidents are read again in. */
@ConfigMapping(prefix = "bridge.pagerduty")
interface PagerDutyConfig {

    /** Base address of the API: {@code https://api.pagerduty.com}, or the service region's own. */
    @NotNull
    URI url();

    /** A read-only REST API key. Without one, incidents are not read again and end by webhook or ttl only. */
    Optional<String> token();
}
