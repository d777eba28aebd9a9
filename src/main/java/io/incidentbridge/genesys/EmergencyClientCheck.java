package io.incidentbridge.genesys;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Refuses an emergency flow that shares the bridge's own OAuth client, and half a client. */
@Singleton
class EmergencyClientCheck implements StartupCheck {

    private static final String ID = "bridge.genesys.emergency.client-id";
    private static final String SECRET = "bridge.genesys.emergency.client-secret";

    private final GenesysConfig own;
    private final EmergencyClientConfig emergency;

    EmergencyClientCheck(GenesysConfig own, EmergencyClientConfig emergency) {
        this.own = own;
        this.emergency = emergency;
    }

    @Override
    public Stream<Finding> check() {
        String id = emergency.clientId().orElse("");
        String secret = emergency.clientSecret().orElse("");
        if (id.isEmpty() != secret.isEmpty()) {
            return Stream.of(Finding.unsafe(
                    id.isEmpty() ? ID : SECRET, "is not set, though its other half is", "set both or neither"));
        }
        return id.isEmpty() || !id.equals(own.clientId())
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        ID,
                        "is the bridge's own OAuth client",
                        "create a second client in Genesys that may change emergency routing and nothing else"));
    }
}
