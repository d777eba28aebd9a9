package io.incidentbridge.metrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Metrics for tests without Quarkus. */
public final class TestMetrics {

    private TestMetrics() {}

    public static BridgeMetrics create() {
        return new BridgeMetrics(new SimpleMeterRegistry());
    }

    public static EmergencyMetrics emergency() {
        return new EmergencyMetrics(new SimpleMeterRegistry());
    }

    public static WebhookMetrics webhook() {
        return new WebhookMetrics(new SimpleMeterRegistry());
    }

    public static OutageMetrics outage() {
        return new OutageMetrics(new SimpleMeterRegistry());
    }

    public static ReportMetrics report() {
        return new ReportMetrics(new SimpleMeterRegistry());
    }
}
