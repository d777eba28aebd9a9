package io.incidentbridge.webhook;

import io.incidentbridge.redis.Durability;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may send webhooks, and how they are kept until they are applied. */
@ConfigMapping(prefix = "bridge.webhook")
public interface WebhookConfig {

    /** ServiceNow and other senders of Standard Webhooks, by the last part of their address. */
    Map<String, @Valid Endpoint> servicenow();

    /** PagerDuty subscriptions (V3), by the last part of their address. */
    Map<String, @Valid Endpoint> pagerduty();

    /** Jira sites, by the last part of their address. */
    Map<String, @Valid Endpoint> jira();

    /** The largest body taken, in bytes; above it 413. PagerDuty sends up to 256 KB. */
    @WithDefault("1048576")
    @Min(1024)
    @Max(1048576)
    int largestBody();

    /** How far the signed time of a Standard Webhook may be from the bridge's clock, both ways. */
    @WithDefault("5m")
    Duration tolerance();

    /**
     * The oldest event taken of PagerDuty and Jira, whose signatures do not expire, by its own signed time; above the
     * senders' retries (48 h). Older ones are answered 2xx and ignored. Deliveries are recognised as repeated for a day
     * longer than that.
     */
    @WithDefault("72h")
    Duration oldest();

    /** What an accepted delivery survives: MEMORY, REPLICATED or FSYNC; docs/wrapup.md says what each can lose. */
    @WithDefault("memory")
    Durability durability();

    /** Deliveries of one source that may wait to be applied; above it 503. */
    @WithDefault("10000")
    @Min(1)
    int backlog();

    /** How often a replica looks for deliveries that others have stored, or that are due again. */
    @WithDefault("250ms")
    Duration poll();

    /** How many deliveries of one source a replica applies at once. */
    @WithDefault("32")
    @Min(1)
    int parallel();

    /** Longest time for applying one delivery; it counts as failed then. */
    @WithDefault("20s")
    Duration applyWithin();

    /** After which time another replica takes over what one has begun to apply; above apply-within. */
    @WithDefault("30s")
    Duration claim();

    /** Pause before a failed delivery is applied again; doubles with each failure. */
    @WithDefault("250ms")
    Duration firstPause();

    /** Longest pause between two attempts. */
    @WithDefault("15s")
    Duration longestPause();

    /** Attempts after which a delivery is parked that fails for a reason which time does not cure. */
    @WithDefault("5")
    @Min(1)
    int attempts();

    /** Age at which a delivery is parked that fails because a vendor or Redis does not serve. */
    @WithDefault("6h")
    Duration giveUp();

    /** How long parked deliveries are kept after the last one was parked. */
    @WithDefault("30d")
    Duration keepParked();

    /** One sender. All of its secrets are valid at once, so that they rotate without a gap; without one it is refused. */
    interface Endpoint {

        /** Secrets, {@code whsec_} and base64 for Standard Webhooks, else as the vendor shows them. */
        Optional<List<String>> secrets();

        /** Mounted files with one secret a line; read again every few seconds. */
        Optional<List<Path>> secretFiles();

        /**
         * What its incidents' source is called: for senders of Standard Webhooks that are not ServiceNow, and for each Jira
         * site but the one of {@code bridge.jira.url}. Emergencies of such a source are known as {@code <source>:<key>}.
         */
        Optional<String> source();
    }
}
