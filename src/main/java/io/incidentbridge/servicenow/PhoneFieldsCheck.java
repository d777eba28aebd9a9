package io.incidentbridge.servicenow;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** A number must be found where it is enrolled, or its owner is asked again for ever and others may take it. */
@ApplicationScoped
class PhoneFieldsCheck implements StartupCheck {

    private final ServiceNowConfig config;

    PhoneFieldsCheck(ServiceNowConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return config.enrolFields().stream()
                .filter(field -> !config.phoneFields().contains(field))
                .map(field -> Finding.unsafe(
                        "bridge.servicenow.enrol-fields",
                        "has " + field + ", in which no number is looked for",
                        "name it in bridge.servicenow.phone-fields too"));
    }
}
