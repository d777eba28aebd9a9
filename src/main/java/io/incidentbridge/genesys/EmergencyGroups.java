package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Changes to an emergency group. A PUT overwrites the whole object, and a group that loses its call flows does nothing in
 * an emergency, so every change is made on the document that was read.
 */
public final class EmergencyGroups {

    private static final String FLOWS = "emergencyCallFlows";

    private EmergencyGroups() {}

    /**
     * The whole group as it was read, switched on or off; fields that the bridge does not know stay.
     *
     * @throws ConnectorException REJECTED when the group has no call flow with a route: switching it would do nothing
     */
    public static JsonNode switched(JsonNode group, boolean enabled) {
        if (!group.isObject() || routes(group).isEmpty()) {
            throw refusal("the emergency group has no call flow with a route");
        }
        return ((ObjectNode) group.deepCopy()).put("enabled", enabled);
    }

    /**
     * Whether the emergency group is switched on.
     *
     * @param group as it was read
     */
    public static boolean isEnabled(JsonNode group) {
        return group.path("enabled").asBoolean(false);
    }

    /** Refuses a document that was made from an older one, or that would take call flows away. */
    static void check(JsonNode current, JsonNode given) {
        if (!current.path("version").equals(given.path("version"))) {
            throw ConnectorException.of(
                    EmergencyConnector.VENDOR,
                    FailureReason.CONFLICT,
                    "the emergency group was changed since it was read",
                    null);
        }
        if (!routes(given).containsAll(routes(current))) {
            throw refusal("the change would take call flows from the emergency group");
        }
    }

    /** Flow and IVR in pairs. */
    private static Set<String> routes(JsonNode group) {
        return StreamSupport.stream(group.path(FLOWS).spliterator(), false)
                .flatMap(flow -> StreamSupport.stream(flow.path("ivrs").spliterator(), false)
                        .map(ivr -> flow.path("emergencyFlow").path("id").asText() + " "
                                + ivr.path("id").asText()))
                .collect(Collectors.toSet());
    }

    private static ConnectorException refusal(String message) {
        return ConnectorException.of(EmergencyConnector.VENDOR, FailureReason.REJECTED, message, null);
    }
}
