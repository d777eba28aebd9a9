package io.incidentbridge.itsm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which incidents of the sources mean something to the bridge beyond their caller. */
@ConfigMapping(prefix = "bridge.incidents")
public interface IncidentRulesConfig {

    /** Incidents that are an emergency; of several rules that match, the first by name decides. */
    Map<String, @Valid EmergencyRule> emergencies();

    /** Incidents that concern an outage's topic; of several rules that match, the first by name decides. */
    Map<String, @Valid OutageRule> outages();

    /** An incident that is an emergency for as long as it is open and matches. */
    interface EmergencyRule {

        /** Which incidents. */
        Match when();

        /** The emergency group that is activated; the one of the incident type, else the default one, when absent. */
        Optional<String> group();

        /** The incident type that the emergency gets; the rule's name when absent. */
        Optional<String> incidentType();

        /** Ids of the queues that take the calls, first choice first. */
        @NotEmpty
        List<String> queues();

        /** After which time the emergency ends although the source has not said so; each further event extends it. */
        @WithDefault("4h")
        Duration ttl();
    }

    /** An incident that announces an outage. */
    interface OutageRule {

        /** Which incidents. */
        Match when();

        /** The topic, as wrap-ups name it. */
        @NotEmpty
        String topic();
    }

    /**
     * All that are given must fit; at least one is. Comparisons ignore case, and a * at the end stands for any ending.
     */
    interface Match {

        /** One of these sources: servicenow, pagerduty, jira. */
        Optional<List<String>> sources();

        /** One of these priorities, as the source names them: 1, P1, Highest. */
        Optional<List<String>> priorities();

        /** One of these services (PagerDuty), projects (Jira) or categories (ServiceNow), as people read them. */
        Optional<List<String>> services();

        /**
         * Any of these labels. PagerDuty: {@code type:<incident type>, urgency:<urgency>, team:<name>}; Jira:
         * {@code type:<issue type>} and the issue's own labels and components; ServiceNow: what the business rule sends.
         */
        Optional<List<String>> labels();
    }
}
