package io.incidentbridge.pagerduty;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The PagerDuty account that incidents are read again in. */
@ConfigMapping(prefix = "bridge.pagerduty")
interface PagerDutyConfig {

    /** Base address of the API: {@code https://api.pagerduty.com}, or the service region's own. */
    @NotNull
    URI url();

    /** A read-only REST API key; this or its file. Without one, incidents are not read again and end by webhook or ttl only. */
    Optional<String> token();

    /** Mounted file that holds the key; a replaced file takes effect within seconds. */
    Optional<Path> tokenFile();
}
