package io.incidentbridge.jira;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The Jira site that issues are read again in. Without all three, issues end by webhook or ttl only. */
@ConfigMapping(prefix = "bridge.jira")
interface JiraConfig {

    /** Base address of the site, for example {@code https://acme.atlassian.net}. */
    Optional<URI> url();

    /** E-mail address of the account that reads. */
    Optional<String> user();

    /** API token of that account; this or its file. */
    Optional<String> token();

    /** Mounted file that holds the token; a replaced file takes effect within seconds. */
    Optional<Path> tokenFile();
}
