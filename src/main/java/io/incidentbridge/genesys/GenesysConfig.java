package io.incidentbridge.genesys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The Genesys Cloud organisation and the bridge's own OAuth client there. */
@ConfigMapping(prefix = "bridge.genesys")
interface GenesysConfig {

    /** Base address of the region's API, for example {@code https://api.mypurecloud.de}. */
    @NotNull
    URI apiUrl();

    /** Base address of the region's login host, for example {@code https://login.mypurecloud.de}. */
    @NotNull
    URI loginUrl();

    /** Id of a client-credentials OAuth client; its roles decide what the bridge may do. This or its file is required. */
    Optional<String> clientId();

    /** Mounted file that holds the id; a replaced file takes effect at the next login. */
    Optional<Path> clientIdFile();

    /** Secret of the OAuth client; this or its file is required. */
    Optional<String> clientSecret();

    /** Mounted file that holds the secret; a replaced file takes effect at the next login. */
    Optional<Path> clientSecretFile();

    /** Longest wait for a new token. */
    @WithDefault("2s")
    Duration loginTimeout();
}
