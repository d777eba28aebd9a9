package io.incidentbridge.caller;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses a page that strangers could forge links to, or embed. */
@Singleton
class AgentPageCheck implements StartupCheck {

    private static final String PREFIX = "bridge.agent-page.";
    private static final int SHORTEST = 32;
    private static final Pattern ANCESTOR = Pattern.compile("'self'|'none'|https://(\\*\\.)?[A-Za-z0-9.-]+(:\\d+)?");

    private final AgentPageConfig config;
    private final Secret secret;

    AgentPageCheck(AgentPageConfig config, MountedSecrets files) {
        this.config = config;
        this.secret = files.secret(AgentLinks.KEY, config.key(), config.keyFile());
    }

    @Override
    public Stream<Finding> check() {
        return config.url().isEmpty()
                ? Stream.empty()
                : Stream.of(url(), key(), ancestors()).flatMap(found -> found);
    }

    private Stream<Finding> url() {
        return config
                .url()
                .filter(url -> !"https".equals(url.getScheme()))
                .map(url -> Finding.unsafe(
                        PREFIX + "url", "is not https", "set the address that agents' browsers reach by https"))
                .stream();
    }

    private Stream<Finding> key() {
        if (config.key().isEmpty() && config.keyFile().isEmpty()) {
            return Stream.empty();
        }
        boolean weak = secret.current().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty() && line.length() < SHORTEST);
        return weak
                ? Stream.of(Finding.unsafe(
                        AgentLinks.KEY,
                        "is too short",
                        "set a random secret of at least 32 characters, the same for all replicas"))
                : secret.check();
    }

    private Stream<Finding> ancestors() {
        return config.frameAncestors().stream()
                .filter(site -> !ANCESTOR.matcher(site).matches())
                .map(site -> Finding.unsafe(
                        PREFIX + "frame-ancestors",
                        "has an entry that is no site",
                        "set sites like https://*.pure.cloud"));
    }
}
