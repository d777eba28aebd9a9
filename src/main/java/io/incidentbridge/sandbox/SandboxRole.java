package io.incidentbridge.sandbox;

import java.util.Arrays;
import java.util.Locale;

/** Which part of the sandbox a process is: {@code bridge.sandbox.role}. */
enum SandboxRole {
    /** Bridge and simulated vendors in one process, on one port. */
    ALL,
    /** The simulated vendors alone, without Quarkus and without the bridge. */
    VENDORS,
    /** The bridge alone; configuration says where its vendors are. */
    BRIDGE;

    static SandboxRole parse(String value) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(value.trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bridge.sandbox.role is '" + value
                        + "'; it must be one of " + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }
}
