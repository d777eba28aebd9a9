package io.incidentbridge.itsm;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether the vendors answer and stays up when they do not: taking replicas out of service would turn a vendor's
 * outage into the bridge's own.
 */
@Readiness
@Singleton
class VendorHealth implements HealthCheck {

    private final ClientBreakers breakers;

    VendorHealth(ClientBreakers breakers) {
        this.breakers = breakers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder vendors =
                HealthCheckResponse.named("vendors").up();
        ClientBreakers.NAMES.forEach(name -> vendors.withData(name, breakers.state(name)));
        return vendors.build();
    }
}
