package io.incidentbridge.sandbox.genesys;

import java.util.Map;
import java.util.Optional;

/** The published Data Actions, by id. */
final class Actions {

    private static final Map<String, String> NAMES =
            Map.of("action-emergency-state", "Get emergency state", "action-cache-bust", "Refresh emergency state");

    Optional<String> name(String id) {
        return Optional.ofNullable(NAMES.get(id));
    }
}
