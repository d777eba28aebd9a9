package io.incidentbridge.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Client breakers that open as in production; elsewhere a test's faults must not open them for the next test. */
public class DefaultBreakers implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Stream.of(
                        "servicenow.ServiceNowTables/list",
                        "servicenow.ServiceNowTables/write",
                        "genesys.GenesysApi/conversation",
                        "genesys.GenesysApi/setAttributes",
                        "genesys.GenesysApi/setPriority")
                .collect(Collectors.toMap(
                        call -> "quarkus.fault-tolerance.\"io.incidentbridge." + call
                                + "\".circuit-breaker.request-volume-threshold",
                        call -> "20"));
    }
}
