package io.incidentbridge.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;

/** How many requests each client may send for each operation. */
@ConfigMapping(prefix = "bridge.inbound")
public interface InboundConfig {

    /** SHADOW counts what would be refused; ENFORCE refuses it with 429; OFF does nothing. */
    @WithDefault("shadow")
    Mode mode();

    /** For operations that are not named below. */
    @Valid
    Rate standard();

    /** By operation, for example {@code caller.lookup}; the names are those of the metric {@code bridge_inbound}. */
    Map<String, @Valid Rate> operations();

    /** In the long run {@code limit} in each {@code period}, of which {@code burst} may come at once. */
    interface Rate {

        /** Requests, at least 1. */
        @WithDefault("3000")
        @Min(1)
        long limit();

        /** At least 1 s. */
        @WithDefault("60s")
        Duration period();

        /** Requests, at least 1. */
        @WithDefault("600")
        @Min(1)
        long burst();
    }

    /** What becomes of requests over the limit. */
    enum Mode {
        OFF,
        SHADOW,
        ENFORCE
    }
}
