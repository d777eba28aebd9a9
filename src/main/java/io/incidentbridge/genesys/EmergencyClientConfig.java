package io.incidentbridge.genesys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The emergency flow's own OAuth client in the same Genesys organisation: a leaked or throttled token of the one cannot
 * stop or start an emergency, nor keep callers from being recognised.
 */
@ConfigMapping(prefix = "bridge.genesys.emergency")
interface EmergencyClientConfig {

    /** Id of a second client-credentials OAuth client; in production another one than {@code bridge.genesys.client-id}. */
    Optional<String> clientId();

    /** Mounted file that holds the id; a replaced file takes effect at the next login. */
    Optional<Path> clientIdFile();

    /** Secret of that OAuth client. */
    Optional<String> clientSecret();

    /** Mounted file that holds the secret; a replaced file takes effect at the next login. */
    Optional<Path> clientSecretFile();

    /** Longest wait for room in this client's budget before a request of an emergency is given up. */
    @WithDefault("1500ms")
    Duration room();
}
