package io.incidentbridge.report;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Reports, and the audit of phone incidents. */
@ConfigMapping(prefix = "bridge.report")
interface ReportConfig {

    /** How long an agent was at a ticket before there was the bridge, from the end of the call: what time saved is measured by. */
    @WithDefault("180s")
    Duration wrapUpBaseline();

    /** How many phone incidents without a conversation a report lists; they are counted all the same. */
    @WithDefault("50")
    @Min(0)
    @Max(100)
    int listed();

    /**
     * How often one of all replicas looks for phone incidents without a conversation, ten minutes at least; {@code off} for
     * never.
     */
    @WithDefault("24h")
    @WithConverter(Often.class)
    Optional<Duration> integrityEvery();

    /** A duration of ten minutes at least, or {@code off}; anything else keeps the bridge from starting. */
    class Often implements Converter<Duration> {

        /** Each look reads many incidents with the vendors' budget. */
        private static final Duration LEAST = Duration.ofMinutes(10);

        @Override
        public Duration convert(String text) {
            if (text.strip().equalsIgnoreCase("off")) {
                return null;
            }
            Duration every = DurationConverter.parseDuration(text.strip());
            if (every == null || every.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("must be off or ten minutes at least, not \"" + text + '"');
            }
            return every;
        }
    }
}
