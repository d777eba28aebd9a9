package io.incidentbridge.sandbox;

import io.incidentbridge.sandbox.genesys.GenesysSimulator;
import io.incidentbridge.sandbox.jira.JiraSimulator;
import io.incidentbridge.sandbox.pagerduty.PagerDutySimulator;
import io.incidentbridge.sandbox.servicenow.ServiceNowSimulator;
import java.time.Clock;
import java.util.List;

/** Which vendors the sandbox simulates. */
final class SimulatedVendors {

    private SimulatedVendors() {}

    static List<SimulatedVendor> all(Clock clock) {
        return List.of(
                new ServiceNowSimulator(clock),
                new GenesysSimulator(clock),
                new PagerDutySimulator(clock),
                new JiraSimulator(clock));
    }
}
