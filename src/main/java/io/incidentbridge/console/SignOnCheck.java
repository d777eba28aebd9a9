package io.incidentbridge.console;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Looks for a single sign-on that strangers could listen to, or that works on one replica only. */
@Singleton
class SignOnCheck implements StartupCheck {

    private static final String PREFIX = "quarkus.oidc.console.";
    private static final String PROVIDER = PREFIX + "auth-server-url";
    private static final String VERIFICATION = PREFIX + "tls.verification";
    private static final int SHORTEST = 32;

    private final ConsoleConfig console;
    private final Config config;
    private final Secret secret;

    SignOnCheck(ConsoleConfig console, Config config, MountedSecrets files) {
        this.console = console;
        this.config = config;
        this.secret = files.secret(SignOnSecret.KEY, console.clientSecret(), console.clientSecretFile());
    }

    @Override
    public Stream<Finding> check() {
        return console.singleSignOn()
                ? Stream.of(provider(), verification(), secret.check(), length())
                        .flatMap(findings -> findings)
                : Stream.empty();
    }

    private Stream<Finding> provider() {
        return config.getOptionalValue(PROVIDER, String.class).orElse("").startsWith("https://")
                ? Stream.empty()
                : Stream.of(
                        Finding.unsafe(PROVIDER, "does not begin with https://", "set the provider's issuer address"));
    }

    private Stream<Finding> verification() {
        return config.getOptionalValue(VERIFICATION, String.class).stream()
                .filter(value -> !value.equalsIgnoreCase("required"))
                .map(value -> Finding.unsafe(
                        VERIFICATION,
                        "trusts certificates that are not the provider's",
                        "remove it, and name your authority in " + PREFIX + "tls.tls-configuration-name"));
    }

    private Stream<Finding> length() {
        return secret.current().filter(value -> value.length() < SHORTEST).stream()
                .map(value -> Finding.unsafe(
                        SignOnSecret.KEY,
                        "is too short to seal what a browser keeps while signing in",
                        "let the provider make one of at least 32 characters"));
    }
}
