package io.incidentbridge.outage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** When catastrophe mode begins and ends, and what callers hear meanwhile. */
@ConfigMapping(prefix = "bridge.outage")
public interface OutageConfig {

    /**
     * ENFORCE notes calls while a topic is open; DRY_RUN opens and closes, tells so in log, audit trail and metrics, and
     * creates tickets all the same unless an operator forces it; OFF does nothing.
     */
    @WithDefault("enforce")
    Operation operation();

    /** Which field of a wrap-up is its topic. */
    @WithDefault("wrap-up-code")
    TopicSource topicFrom();

    /** Another name for a field's value, so that several wrap-up codes share a topic. */
    Map<String, String> topics();

    /** How a topic is called in announcements and titles, and a wrap-up code in tickets; its own name when absent. */
    Map<String, String> labels();

    /** Different topics watched at once, at least 1; calls of further ones are not counted until one falls silent. */
    @WithDefault("500")
    @Min(1)
    int mostTopics();

    /** The length over which calls and refusals are counted, in twelve slices. */
    @WithDefault("60s")
    Duration window();

    /** How far back a topic's usual rate is measured; only while it is closed, and without the last minutes. */
    @WithDefault("1h")
    Duration baseline();

    /** Surge of one topic's calls. */
    @Valid
    Surge surge();

    /** Surges of single topics, where the general one does not fit them. */
    Map<String, @Valid Surge> surges();

    /** What opens all topics at once. */
    @Valid
    Global global();

    /**
     * Part of a threshold below which it is calm again; between the two nothing changes. 0 to 0.9. For a topic also what was
     * usual when it opened, and a fifth more, is calm.
     */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("0.9")
    double calm();

    /** Shortest time in catastrophe mode. */
    @WithDefault("2m")
    Duration minOpen();

    /** How long it must be calm before single tickets are created again (half-open). */
    @WithDefault("60s")
    Duration calmFor();

    /** How long it must stay calm while half-open before the outage is over. */
    @WithDefault("2m")
    Duration closeAfter();

    /** What is still created while half-open. */
    @Valid
    Trickle trickle();

    /** The incident that an outage's calls are noted against. */
    @Valid
    Master master();

    /** How noted calls are written to it. */
    @Valid
    Notes notes();

    /** Incidents of their own for noted calls, afterwards. */
    @Valid
    Children children();

    /** The data table of Genesys that tells flows how topics stand. */
    @Valid
    Mirror mirror();

    /** How often each replica looks at the signals and renews its copy of the states; well below copy-age. */
    @WithDefault("500ms")
    Duration tick();

    /** How old a replica's copy of the states may be when a call is decided; an older one is read again first. */
    @WithDefault("1s")
    Duration copyAge();

    /** A replica that was not heard for this long has no say in whether the client breaker is open. */
    @WithDefault("10s")
    Duration silence();

    /** How long the state of a topic that is closed is kept, and the record of an outage after its end. */
    @WithDefault("90d")
    Duration keep();

    /** Transitions that are kept for the operators' history. */
    @WithDefault("1000")
    @Min(1)
    @Max(100000)
    int history();

    /**
     * What callers hear, by language; {@code {topic}} and {@code {master}} are filled in. English is there when none is
     * configured.
     */
    Map<String, String> announcements();

    /** The language of answers that carry one announcement. */
    @WithDefault("en")
    String language();

    /** A topic opens at either threshold. */
    interface Surge {

        /** Calls in the window that open a topic whatever is usual for it, at least 1. */
        @WithDefault("100")
        @Min(1)
        int calls();

        /** How many times its usual calls in a window open a topic; 0 for never. */
        @WithDefault("10")
        @Min(0)
        double factor();

        /** Calls in the window below which the factor opens nothing, at least 1. */
        @WithDefault("50")
        @Min(1)
        int floor();
    }

    /** Thresholds of the whole service desk. */
    interface Global {

        /** How often each replica counts the tickets that wait. */
        @WithDefault("5s")
        Duration backlogCheck();

        /** 429s of ServiceNow in the window, all replicas together, at least 1. */
        @WithDefault("20")
        @Min(1)
        int refusals();

        /** How long probes must have failed on half of the replicas or more since a client breaker opened. */
        @WithDefault("30s")
        Duration breakerOpen();

        /** The age from which on a ticket that waits to be written counts as old. */
        @WithDefault("5m")
        Duration backlogAge();

        /**
         * Conversations with an old ticket that waits, at least 1. One that has failed {@code bridge.outbox.least-attempts} times
         * counts only until another ticket is written.
         */
        @WithDefault("10")
        @Min(1)
        int backlogOld();

        /** Tickets that wait to be written, at least 1. */
        @WithDefault("5000")
        @Min(1)
        int backlogDepth();
    }

    /** Per topic, all replicas together. */
    interface Trickle {

        /** Tickets created in each period; all other calls are noted. At least 1. */
        @WithDefault("10")
        @Min(1)
        int calls();

        /** The period. */
        @WithDefault("10s")
        Duration period();
    }

    /** Where no operator names one. */
    interface Master {

        /** Whether an active major incident of ServiceNow's becomes the master: by category or by the topic in its title. */
        @WithDefault("true")
        boolean adopt();

        /** Short description of a created one; {@code {topic}} is filled in. */
        @WithDefault("Outage: {topic}")
        String title();

        /** Further raw values of a created one by column, for example {@code urgency=1}. */
        Map<String, String> fields();

        /** A column that holds the number of noted calls; none when absent. */
        Optional<String> totalField();

        /** How often the master's status is read while the outage goes on. */
        @WithDefault("60s")
        Duration check();
    }

    /** Work notes on the master incident. */
    interface Notes {

        /** Shortest time between two notes of one outage. */
        @WithDefault("10s")
        Duration every();

        /** How often a replica looks for what is to be written. */
        @WithDefault("1s")
        Duration tick();

        /**
         * How long the list of calls may still arrive on the master after an attempt without an answer: it is looked for
         * meanwhile and not sent again. Above ServiceNow's longest transaction.
         */
        @WithDefault("90s")
        Duration listUnderWay();

        /** Conversations that a note names; of the others it tells the number. At least 1. */
        @WithDefault("100")
        @Min(1)
        @Max(1000)
        int conversations();

        /** Address of the bridge for operators, which links to the ledger of noted calls begin with. */
        Optional<URI> ledgerUrl();
    }

    /** Made when the outage is over, below the master, in the lane of work that can wait. */
    interface Children {

        /** Whether each noted call gets an incident; what its wrap-up said is kept in the ledger for that. */
        @WithDefault("false")
        boolean enabled();

        /** Whether each gets a work note when the master is resolved. */
        @WithDefault("true")
        boolean noteOnResolve();
    }

    /** One row for each topic, with the topic as its key; {@code global} is the service desk as a whole. */
    interface Mirror {

        /** Id of the table, for example of {@code System_Health}; nothing is mirrored when absent. */
        Optional<String> tableId();

        /** How often a row is written again although nothing has changed. */
        @WithDefault("60s")
        Duration every();

        /** How often a replica looks for what has changed. */
        @WithDefault("1s")
        Duration tick();

        /** Names of the columns. */
        @Valid
        Columns columns();
    }

    /** All of them hold texts. */
    interface Columns {

        /** Holds NORMAL, CATASTROPHE or RECOVERING. */
        @WithDefault("mode")
        String mode();

        /** Holds the number of the master incident. */
        @WithDefault("masterNumber")
        String masterNumber();

        /** Holds what to tell callers. */
        @WithDefault("announcement")
        String announcement();

        /** Holds the beginning of the outage, ISO-8601 UTC. */
        @WithDefault("since")
        String since();
    }

    /** What the breaker does. */
    enum Operation {
        ENFORCE,
        DRY_RUN,
        OFF
    }
}
