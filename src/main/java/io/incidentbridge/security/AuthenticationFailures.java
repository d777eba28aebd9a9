package io.incidentbridge.security;

import io.incidentbridge.metrics.BridgeMetrics;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts refused credentials of every kind, API keys and bearer tokens; a request without any is not one of them. */
@Singleton
class AuthenticationFailures {

    private final BridgeMetrics metrics;

    AuthenticationFailures(BridgeMetrics metrics) {
        this.metrics = metrics;
    }

    void count(@Observes AuthenticationFailureEvent refused) {
        metrics.authenticationFailed();
    }
}
