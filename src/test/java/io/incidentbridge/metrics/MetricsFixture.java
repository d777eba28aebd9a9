package io.incidentbridge.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/** Metrics outside of Quarkus, for tests of other packages. */
public final class MetricsFixture {

    private MetricsFixture() {}

    public static BridgeMetrics in(MeterRegistry registry) {
        return new BridgeMetrics(registry);
    }
}
