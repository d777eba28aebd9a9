package io.incidentbridge.pagerduty;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/** The key that incidents are read again with, as its file holds it now. */
@Singleton
class PagerDutyCredentials implements StartupCheck {

    private final PagerDutyConfig config;
    private final Secret token;

    PagerDutyCredentials(PagerDutyConfig config, MountedSecrets files) {
        this.config = config;
        this.token = files.secret("bridge.pagerduty.token", config.token(), config.tokenFile());
    }

    /** The value of an {@code Authorization} header; empty while there is no key. */
    Optional<String> authorization() {
        return token.current().map(current -> "Token token=" + current);
    }

    /** Without a key there is nothing to find: PagerDuty is not read then. */
    @Override
    public Stream<Finding> check() {
        return config.token().isPresent() || config.tokenFile().isPresent() ? token.check() : Stream.empty();
    }
}
