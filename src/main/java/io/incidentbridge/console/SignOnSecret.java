package io.incidentbridge.console;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/**
 * The bridge's client secret at the OpenID provider, which Quarkus asks for by name (application.properties): at first, and
 * again when the provider refuses the one it has.
 */
@ApplicationScoped
@Unremovable
@Named("console-sign-on")
class SignOnSecret implements CredentialsProvider {

    /** Of the configuration. */
    static final String KEY = "bridge.console.client-secret";

    private final Secret secret;

    SignOnSecret(ConsoleConfig config, MountedSecrets files) {
        this.secret = files.secret(KEY, config.clientSecret(), config.clientSecretFile());
    }

    @Override
    public Map<String, String> getCredentials(String keyring) {
        return secret.current().map(value -> Map.of("secret", value)).orElse(Map.of());
    }
}
