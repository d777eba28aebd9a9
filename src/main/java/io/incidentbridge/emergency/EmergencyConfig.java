package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.TargetKind;
import io.incidentbridge.redis.Durability;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Emergency routing: who is switched, how, and how often the bridge looks. Without a group it is off. */
@ConfigMapping(prefix = "bridge.emergency")
public interface EmergencyConfig {

    /** Business units that are switched together, by name (letters, digits, - and _). */
    Map<String, @Valid Group> groups();

    /** The group of incidents that name none and whose type no group claims. */
    @WithDefault("default")
    String defaultGroup();

    /** How severe incidents of a type are, 1 to 5, by incident type; 3 for others. The most severe one's queues go first. */
    Map<String, @Min(1) @Max(5) Integer> severities();

    /** Shortest ttl that is accepted. */
    @WithDefault("1s")
    Duration minTtl();

    /** Longest ttl that is accepted, also of an override. */
    @WithDefault("24h")
    Duration maxTtl();

    /** How far in the future an event's time may lie: the sender's clock may be ahead. Old ones are accepted. */
    @WithDefault("5m")
    Duration clockTolerance();

    /** How long the end of an incident is remembered, so that an activation that comes late changes nothing. */
    @WithDefault("7d")
    Duration keep();

    /**
     * What an accepted event of an incident survives: MEMORY, REPLICATED or FSYNC; docs/wrapup.md says what each can lose.
     */
    @WithDefault("memory")
    Durability durability();

    /** How often each replica looks in Redis whether there is something to do. */
    @WithDefault("500ms")
    Duration poll();

    /** How often Genesys is read while all is as desired. */
    @WithDefault("30s")
    Duration tick();

    /**
     * How long the lease of a replica that has died keeps the others from writing. At least 12 s: a change is only sent with
     * five sixths of it left, and takes up to 9 s.
     */
    @WithDefault("12s")
    Duration lease();

    /** How long after a change it is read again before that is left to the next pass. */
    @WithDefault("1500ms")
    Duration confirmFor();

    /** How long Genesys may differ from what is desired before somebody is told. */
    @WithDefault("10s")
    Duration alertAfter();

    /** How old a replica's own copy may be when a flow asks for the state. */
    @WithDefault("250ms")
    Duration fresh();

    /** How often, during an emergency, each incident's status is read from its source. */
    @WithDefault("5m")
    Duration askSources();

    /** How soon after it was opened an incident's status is read from its source for the first time. */
    @WithDefault("30s")
    Duration askSourcesFirst();

    /** How long a source must say that an incident is over before its claim is ended without its event. */
    @WithDefault("10s")
    Duration sourceDivergence();

    /** The source to ask about incidents that came by the API: servicenow, pagerduty, jira; none when absent. */
    Optional<String> apiSource();

    /** How often, during an emergency, the queues are observed. */
    @WithDefault("5s")
    Duration observeEvery();

    /** From which age on observations of queues no longer decide. */
    @WithDefault("30s")
    Duration observationsLast();

    /** Whether a forced activation needs a second person to confirm it. */
    @WithDefault("false")
    boolean twoPersons();

    /** What is done when somebody else has changed a target in Genesys. */
    enum Drift {
        /** Set it back. */
        CORRECT,
        /** Say so, and leave it until something else is desired. */
        REPORT
    }

    /** One business unit. */
    interface Group {

        /** What in Genesys is switched; at least one. */
        @NotEmpty
        List<@Valid Target> targets();

        /** Types of incidents that are this group's; comparisons ignore case. */
        Optional<List<String>> incidentTypes();

        /** Queue priority of emergency calls; one point is worth a minute of waiting. */
        @WithDefault("1")
        @Min(0)
        @Max(25_000_000)
        int priority();

        /** CORRECT sets back what somebody else changes in Genesys; REPORT leaves it until something else is desired. */
        @WithDefault("correct")
        Drift drift();

        /** The queue for calls that none of the emergency's queues can take. */
        Optional<@Pattern(regexp = "[A-Za-z0-9_.:-]{1,100}") String> overflowQueueId();

        /** Weights of queues when all agents are busy, by queue id, 0 to 1000; 100 for others. */
        Map<String, @Min(0) @Max(1000) Integer> queueWeights();

        /** A Data Action that is executed once a second after an activation, so that no flow keeps an old answer. */
        CacheBust cacheBust();
    }

    /** One thing in Genesys. */
    interface Target {

        /** EMERGENCY_ROUTING, EMERGENCY_GROUP or DATA_TABLE. */
        TargetKind kind();

        /** Id of the emergency group or data table. */
        Optional<@Pattern(regexp = "[A-Za-z0-9_.-]{1,100}") String> id();

        /** Key of the data table's row; the group's name when absent. */
        Optional<@Pattern(regexp = "[A-Za-z0-9_. -]{1,100}") String> row();
    }

    /** Executions of a Data Action that take its cache along. */
    interface CacheBust {

        /** Id of the Data Action; nothing is executed when absent. */
        Optional<@Pattern(regexp = "[A-Za-z0-9_.-]{1,100}") String> actionId();

        /** Name of the input that gets the new value. */
        @WithDefault("cacheBust")
        String input();

        /** How long after an activation. */
        @WithDefault("120s")
        Duration lasts();

        /** How often. */
        @WithDefault("1s")
        Duration every();
    }
}
