package io.incidentbridge.emergency.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.genesys.EmergencyConnector;
import io.smallrye.mutiny.Uni;
import java.util.stream.StreamSupport;

/** The emergency-routing endpoint: state, reason, queues and priority of the whole organisation. */
final class EmergencyRoutingApi implements RoutingTarget {

    private static final String PATH = "/api/v2/telephony/emergencyrouting";

    private final EmergencyConnector genesys;

    EmergencyRoutingApi(EmergencyConnector genesys) {
        this.genesys = genesys;
    }

    @Override
    public String name() {
        return "emergency-routing";
    }

    @Override
    public Uni<Observed> read() {
        return genesys.emergencyRouting().map(EmergencyRoutingApi::observed);
    }

    private static Observed observed(JsonNode wire) {
        String lastUpdated = wire.path("lastUpdated").asText("");
        JsonNode configuration = wire.path("routingConfiguration");
        return switch (wire.path("state").asText("")) {
            case "ACTIVE" ->
                Observed.of(
                        new Routing(
                                true,
                                StreamSupport.stream(
                                                configuration.path("queueIds").spliterator(), false)
                                        .map(JsonNode::asText)
                                        .toList(),
                                configuration.path("priority").asInt()),
                        lastUpdated,
                        wire);
            case "INACTIVE" -> Observed.of(Routing.INACTIVE, lastUpdated, wire);
            case "PENDING" -> Observed.unsettled(Observed.State.PENDING, lastUpdated);
            default -> Observed.unsettled(Observed.State.UNKNOWN, lastUpdated);
        };
    }

    @Override
    public Routing able(Routing wanted) {
        return wanted;
    }

    @Override
    public Change change(Routing wanted, String reason, Observed preflight) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("reason", reason).put("state", wanted.active() ? "ACTIVE" : "INACTIVE");
        ObjectNode configuration = body.putObject("routingConfiguration");
        wanted.queueIds().forEach(configuration.putArray("queueIds")::add);
        configuration.put("priority", wanted.priority());
        return new Change("POST", PATH, body);
    }

    @Override
    public Uni<Void> apply(Change change) {
        return genesys.setEmergencyRouting(change.body()).replaceWithVoid();
    }
}
