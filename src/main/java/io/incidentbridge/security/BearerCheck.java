package io.incidentbridge.security;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Looks for bearer tokens that somebody else than the provider could have signed, or that are meant for others. */
@Singleton
class BearerCheck implements StartupCheck {

    private static final String PREFIX = "quarkus.oidc.";
    private static final String ENABLED = PREFIX + "tenant-enabled";
    private static final String VERIFICATION = PREFIX + "tls.verification";
    private static final String AUDIENCE = PREFIX + "token.audience";

    /** Switches Quarkus' look at the audience off, when it stands alone. */
    private static final List<String> ANY = List.of("any");

    /** Where keys and answers come from; all but the first are paths there, unless they are addresses themselves. */
    private static final List<String> ADDRESSES = List.of(
            PREFIX + "auth-server-url", PREFIX + "jwks-path", PREFIX + "introspection-path", PREFIX + "user-info-path");

    private final Config config;

    BearerCheck(Config config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return config.getOptionalValue(ENABLED, Boolean.class).orElse(false)
                ? Stream.of(ADDRESSES.stream().flatMap(this::address), verification(), audience())
                        .flatMap(findings -> findings)
                : Stream.empty();
    }

    private Stream<Finding> address(String key) {
        return config.getOptionalValue(key, String.class).stream()
                .filter(address -> address.regionMatches(true, 0, "http://", 0, "http://".length()))
                .map(address -> Finding.unsafe(key, "begins with http://", "set the provider's https address"));
    }

    private Stream<Finding> verification() {
        return config.getOptionalValue(VERIFICATION, String.class).stream()
                .filter(value -> !value.equalsIgnoreCase("required"))
                .map(value -> Finding.unsafe(
                        VERIFICATION,
                        "trusts certificates that are not the provider's",
                        "remove it, and name your authority in " + PREFIX + "tls.tls-configuration-name"));
    }

    private Stream<Finding> audience() {
        List<String> audience = config.getOptionalValues(AUDIENCE, String.class).orElse(List.of());
        return audience.isEmpty() || audience.equals(ANY)
                ? Stream.of(Finding.unsafe(
                        AUDIENCE,
                        "is not set, so that tokens which the provider made for other applications are taken",
                        "set what the provider writes into the claim aud of tokens for the bridge"))
                : Stream.empty();
    }
}
