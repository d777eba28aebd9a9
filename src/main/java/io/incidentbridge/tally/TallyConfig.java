package io.incidentbridge.tally;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What reports count. */
@ConfigMapping(prefix = "bridge.tally")
public interface TallyConfig {

    /** How long counts are kept, some 30 kB a day; reports can go back as far. */
    @WithDefault("400d")
    Duration keep();

    /** How often a replica adds what it has counted to the shared counts; what it has not, it loses when it is killed. */
    @WithDefault("2s")
    Duration addEvery();
}
