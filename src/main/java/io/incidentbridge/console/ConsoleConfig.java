package io.incidentbridge.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The operators' console. */
@ConfigMapping(prefix = "bridge.console")
interface ConsoleConfig {

    /** Whether everybody is an operator without signing in, as in the sandbox; refused in production. */
    @WithDefault("false")
    boolean open();

    /** Whether operators may sign in by OpenID Connect, too, at {@code quarkus.oidc.console.auth-server-url}. */
    @WithDefault("false")
    boolean singleSignOn();

    /** The bridge's client secret at that provider, 32 characters or more: it also seals what a browser keeps while signing in. */
    Optional<String> clientSecret();

    /** Mounted file that holds the client secret instead. */
    Optional<Path> clientSecretFile();

    /** How long a session lasts after signing in; it ends sooner when its key is rotated away. */
    @WithDefault("8h")
    Duration session();

    /** Whether browsers send the session's cookie by TLS only; false is refused in production. */
    @WithDefault("true")
    boolean secureCookie();

    /** How often a replica looks for what its viewers see; once for all of them, and not at all without viewers. */
    @WithDefault("1s")
    Duration poll();

    /** Most live pages that one replica serves at once, 1 to 10,000; further ones are told to try again. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int mostViewers();

    /** Further entries of the navigation: name and address, for example of dashboards. */
    Map<String, String> links();
}
