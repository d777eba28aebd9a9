package io.incidentbridge.security;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Configuration as it would be read from these keys and nothing else. */
final class Configs {

    private Configs() {}

    static SmallRyeConfig config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SecurityConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build();
    }

    static SecurityConfig security(Map<String, String> keys) {
        return config(keys).getConfigMapping(SecurityConfig.class);
    }
}
