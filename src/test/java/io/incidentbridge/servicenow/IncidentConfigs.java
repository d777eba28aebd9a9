package io.incidentbridge.servicenow;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Configurations of incidents that the application under test does not have. */
final class IncidentConfigs {

    private IncidentConfigs() {}

    /** @param properties without their prefix */
    static IncidentConfig of(Map<String, String> properties) {
        Map<String, String> full = new HashMap<>();
        properties.forEach((key, value) -> full.put("bridge.servicenow.incident." + key, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(IncidentConfig.class)
                .withSources(new PropertiesConfigSource(full, "test", 100))
                .build()
                .getConfigMapping(IncidentConfig.class);
    }
}
