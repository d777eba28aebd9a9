package io.incidentbridge.priority;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How a caller's incidents decide about the caller's place in the queue. */
@ConfigMapping(prefix = "bridge.priority")
interface PriorityConfig {

    /** Whether changes of incidents change queue priorities. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Queue priority by the incident's priority, for example {@code 1} for critical; up to 25,000,000. One point is worth a
     * minute of waiting. An incident priority that is not named raises nobody.
     */
    Map<Integer, Integer> levels();

    /** How long an incident's word is remembered for its caller's next call. */
    @WithDefault("7d")
    Duration remember();

    /**
     * How often ServiceNow is asked for the 200 incidents that were changed last, for changes that it has not told; 0 for
     * never.
     */
    @WithDefault("1m")
    Duration poll();

    /** Of a caller's latest conversations, how many are looked at. */
    @WithDefault("3")
    int conversations();

    /** For how long a call that has not reached its queue yet is looked at again. */
    @WithDefault("3m")
    Duration arriving();
}
