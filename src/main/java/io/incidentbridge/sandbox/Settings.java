package io.incidentbridge.sandbox;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Settings that are needed before, or without, Quarkus: a system property, else the environment variable of that name
 * in MicroProfile's spelling.
 */
record Settings(Properties properties, Map<String, String> environment) {

    static final String ROLE = "bridge.sandbox.role";
    static final String HTTP_PORT = "quarkus.http.port";
    static final String HTTP_HOST = "quarkus.http.host";
    static final String REDIS_HOSTS = "quarkus.redis.hosts";
    /** Where the call generator finds the bridge when it is not in this process. */
    static final String BRIDGE_URL = "bridge.sandbox.bridge-url";

    static Settings ofProcess() {
        return new Settings(System.getProperties(), System.getenv());
    }

    Optional<String> get(String name) {
        String property = properties.getProperty(name);
        String value = property != null ? property : environment.get(variable(name));
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    SandboxRole role() {
        return get(ROLE).map(SandboxRole::parse).orElse(SandboxRole.ALL);
    }

    int httpPort() {
        return get(HTTP_PORT).map(Integer::parseInt).orElse(8080);
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
