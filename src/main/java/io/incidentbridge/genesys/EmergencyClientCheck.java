package io.incidentbridge.genesys;

import io.incidentbridge.security.ClientCredentials;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Refuses an emergency flow that shares the bridge's own OAuth client, and half a client. */
@Singleton
class EmergencyClientCheck implements StartupCheck {

    private static final String ID = "bridge.genesys.emergency.client-id";
    private static final String SECRET = "bridge.genesys.emergency.client-secret";

    private final ClientCredentials own;
    private final ClientCredentials emergency;

    EmergencyClientCheck(GenesysConfig own, EmergencyClientConfig emergency, MountedSecrets secrets) {
        this.own = GenesysTokens.credentials(own, secrets);
        this.emergency = EmergencyTokens.credentials(emergency, secrets);
    }

    @Override
    public Stream<Finding> check() {
        String id = emergency.current().id();
        String secret = emergency.current().secret();
        if (id.isEmpty() != secret.isEmpty()) {
            return Stream.of(Finding.unsafe(
                    id.isEmpty() ? ID : SECRET, "is not set, though its other half is", "set both or neither"));
        }
        return id.isEmpty() || !id.equals(own.current().id())
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        ID,
                        "is the bridge's own OAuth client",
                        "create a second client in Genesys that may change emergency routing and nothing else"));
    }
}
