package io.incidentbridge.jira;

import io.incidentbridge.security.ClientCredentials;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/** The account that reads issues again, with the token as its file holds it now. */
@Singleton
class JiraCredentials implements StartupCheck {

    private final JiraConfig config;
    private final Secret token;

    JiraCredentials(JiraConfig config, MountedSecrets files) {
        this.config = config;
        this.token = files.secret("bridge.jira.token", config.token(), config.tokenFile());
    }

    /** The value of an {@code Authorization} header; empty while site, account or token is missing. */
    Optional<String> authorization() {
        return config.url().flatMap(site -> config.user()).flatMap(user -> token.current()
                .map(current -> new ClientCredentials.Pair(user, current).basic()));
    }

    /** Without a token there is nothing to find: Jira is not read then. */
    @Override
    public Stream<Finding> check() {
        return config.token().isPresent() || config.tokenFile().isPresent() ? token.check() : Stream.empty();
    }
}
