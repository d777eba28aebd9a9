package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.TargetKind;
import io.incidentbridge.genesys.EmergencyConnector;
import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Refuses groups that could not be switched, or that would switch each other, and promises that Redis cannot keep. */
@Singleton
class EmergencyCheck implements StartupCheck {

    private static final String PREFIX = "bridge.emergency.";
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(12);

    private final EmergencyConfig config;
    private final EmergencyConnector genesys;
    private final DurableWrites writes;

    EmergencyCheck(EmergencyConfig config, EmergencyConnector genesys, DurableWrites writes) {
        this.config = config;
        this.genesys = genesys;
        this.writes = writes;
    }

    @Override
    public Stream<Finding> check() {
        if (config.groups().isEmpty()) {
            return Stream.empty();
        }
        Stream<Finding> durability = writes.check(PREFIX + "durability", config.durability());
        return Stream.of(client(), defaultGroup(), lease(), names(), targets(), shared(), durability)
                .flatMap(findings -> findings);
    }

    private Stream<Finding> client() {
        return genesys.isConfigured()
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        "bridge.genesys.emergency.client-id",
                        "is not set, so no emergency can be switched",
                        "name a second OAuth client, or no group under " + PREFIX + "groups"));
    }

    private Stream<Finding> defaultGroup() {
        return config.groups().containsKey(config.defaultGroup())
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        PREFIX + "default-group", "names a group that is not configured", "name one that is"));
    }

    private Stream<Finding> lease() {
        return config.lease().compareTo(SHORTEST_LEASE) >= 0
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        PREFIX + "lease", "is shorter than a change may take", "set at least " + SHORTEST_LEASE));
    }

    private Stream<Finding> names() {
        return config.groups().keySet().stream()
                .filter(name -> !name.matches("[A-Za-z0-9_-]{1,50}"))
                .map(name -> Finding.unsafe(
                        PREFIX + "groups." + name, "is no name for a group", "use letters, digits, - and _"));
    }

    private Stream<Finding> targets() {
        return config.groups().entrySet().stream().flatMap(group -> IntStream.range(
                        0, group.getValue().targets().size())
                .filter(i -> {
                    EmergencyConfig.Target target = group.getValue().targets().get(i);
                    return target.kind() != TargetKind.EMERGENCY_ROUTING
                            && target.id().isEmpty();
                })
                .mapToObj(i -> Finding.unsafe(
                        PREFIX + "groups." + group.getKey() + ".targets[" + i + "].id",
                        "is not set",
                        "set the id of the emergency group or data table")));
    }

    /** Two groups that write one thing would undo each other's work for ever. */
    private Stream<Finding> shared() {
        Map<String, String> owners = new HashMap<>();
        return config.groups().entrySet().stream().flatMap(group -> group.getValue().targets().stream()
                .map(target -> target.kind() + " " + target.id().orElse("") + " "
                        + (target.kind() == TargetKind.DATA_TABLE ? target.row().orElse(group.getKey()) : ""))
                .filter(target -> owners.putIfAbsent(target, group.getKey()) != null)
                .map(target -> Finding.unsafe(
                        PREFIX + "groups." + group.getKey() + ".targets",
                        "names what is named already (" + owners.get(target) + "): " + target.strip(),
                        "give each target to one group, once")));
    }
}
