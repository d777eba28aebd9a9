package io.incidentbridge.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many requests each vendor may get from all replicas together. */
@ConfigMapping(prefix = "bridge.budget")
public interface BudgetConfig {

    /** By vendor: {@code servicenow}, {@code genesys}. A vendor that is not named has no limit. */
    Map<String, @Valid Upstream> upstreams();

    /**
     * What every window is lengthened by, because requests take unequally long to the vendor. The bound holds as long as
     * the fastest and the slowest request differ by less, from Redis' decision to the vendor's counter. When not set, a
     * fortieth of the window, but not less than 250 ms nor more than 1 s.
     */
    Optional<Duration> margin();

    /** Replicas that are deployed, at least 1; where more are seen, that number counts. */
    @WithDefault("1")
    @Min(1)
    int replicas();

    /** Longest pause after a 429, also when the vendor asks for more. */
    @WithDefault("5m")
    Duration maxPause();

    /** First pause after a 429 without Retry-After; doubles with each refusal in a row, drawn from 0 to that. */
    @WithDefault("1s")
    Duration firstPause();

    /** How often an emergency may try a paused vendor. */
    @WithDefault("2s")
    Duration probeEvery();

    /** A replica that was not heard for this long may be on its own; heartbeats are four times as frequent. */
    @WithDefault("1s")
    Duration silence();

    /**
     * A replica that was not heard for this long is gone, and its share is free again; above the main window. So long do
     * others go without the share of one that was killed, unless it starts again under its {@code identity}.
     */
    @WithDefault("70s")
    Duration absence();

    /**
     * A name that this replica has in every life, and that no other replica has while it lives, such as its pod's. A replica
     * that starts under the name of another one proves that one dead, so that the share of one that crashed is free as soon
     * as it is back. Without a name each life is a replica of its own.
     */
    Optional<String> identity();

    /** After Redis was lost with its data: how long everyone is waited for before the missing ones keep a share. */
    @WithDefault("2s")
    Duration settle();

    /** Part of each limit that is kept ready, over all replicas, for the moment in which Redis is lost; 0 to 0.5. */
    @WithDefault("0.2")
    @DecimalMin("0")
    @DecimalMax("0.5")
    double setAside();

    /** Whether limits that a vendor tells replace the configured ones also when they are higher. */
    @WithDefault("false")
    boolean trustVendor();

    /** One vendor's budget. */
    interface Upstream {

        /** All of them hold at once. */
        @NotEmpty
        List<@Valid Window> windows();

        /** Further windows for requests to one ServiceNow table, by its name. */
        Map<String, List<@Valid Window>> tables();

        /** What lower lanes leave to higher ones. */
        Shares shares();
    }

    /** At most {@code limit} requests in any {@code period}. */
    interface Window {

        /** Requests, at least 1. */
        @Min(1)
        long limit();

        /** At least 1 s. */
        Duration period();
    }

    /**
     * Parts of each limit, 0 to 1, that lower lanes leave free for the lane: for EMERGENCY always, for the others as far
     * as they have asked for it lately. They need not add up to 1: each is a cap for those below.
     */
    interface Shares {

        /** Always free for what an emergency needs. */
        @WithDefault("0.01")
        @DecimalMin("0")
        @DecimalMax("1")
        double emergency();

        /** Free for lookups, as far as they have asked for it lately. */
        @WithDefault("0.4")
        @DecimalMin("0")
        @DecimalMax("1")
        double lookup();

        /** Free for tickets, as far as they have asked for it lately; the rest is for work that can wait. */
        @WithDefault("0.9")
        @DecimalMin("0")
        @DecimalMax("1")
        double ticket();
    }
}
