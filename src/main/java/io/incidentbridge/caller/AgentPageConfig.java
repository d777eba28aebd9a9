package io.incidentbridge.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The page that shows an agent the caller's tickets. */
@ConfigMapping(prefix = "bridge.agent-page")
interface AgentPageConfig {

    /** The bridge's address as agents' browsers reach it, for example {@code https://bridge.example.com}; no page when absent. */
    Optional<URI> url();

    /**
     * Secret that signs links to the page, at least 32 characters, the same for all replicas. Derived from {@code
     * bridge.security.hash-key} when not set.
     */
    Optional<String> key();

    /** Mounted file that holds such secrets instead, one a line: the first one signs, all of them verify. */
    Optional<Path> keyFile();

    /** How long a link opens, and the card it leads to is kept. */
    @WithDefault("1h")
    Duration lifetime();

    /** Sites that may embed the page, as {@code frame-ancestors} spells them; Genesys Cloud's regions. */
    @WithDefault(
            "https://*.mypurecloud.com,https://*.mypurecloud.ie,https://*.mypurecloud.de,https://*.mypurecloud.com.au,https://*.mypurecloud.jp,https://*.pure.cloud,https://*.us-gov-pure.cloud")
    @NotEmpty
    List<String> frameAncestors();
}
