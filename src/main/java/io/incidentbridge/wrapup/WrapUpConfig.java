package io.incidentbridge.wrapup;

import io.incidentbridge.redis.Durability;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How wrap-ups are kept and linked. */
@ConfigMapping(prefix = "bridge.wrapup")
public interface WrapUpConfig {

    /** What an accepted wrap-up survives: MEMORY, REPLICATED or FSYNC; {@code bridge.outbox.durability} when absent. */
    Optional<Durability> durability();

    /** How long the bridge knows what became of a conversation's wrap-up, for repeats, amendments and the journal of proof. */
    @WithDefault("30d")
    Duration keep();

    /** Amendments of one conversation's wrap-up that are taken. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int amendments();

    /** Whether a caller who is only known by number or employee id is looked up in ServiceNow for the ticket. */
    @WithDefault("true")
    boolean resolveCaller();

    /**
     * Directory on a disk of this replica's own for wrap-ups that arrive while Redis is away; they are handed over when it
     * returns. Without it such wrap-ups are answered with 503.
     */
    Optional<Path> spool();

    /** Most bytes in the spool; beyond them wrap-ups are answered with 503. */
    @WithDefault("67108864")
    @Min(1)
    long spoolLimit();

    /** How often the spool is looked at for wrap-ups to hand over. */
    @WithDefault("1s")
    Duration spoolCheck();

    /** Participant attributes that link the conversation to its incident. */
    Attributes attributes();

    /** Names of participant attributes. */
    interface Attributes {

        /** Holds the incident's number. */
        @WithDefault("ServiceNow.IncidentNumber")
        String number();

        /** Holds the incident's key. */
        @WithDefault("ServiceNow.IncidentSysId")
        String sysId();

        /** Holds the number of the outage's master incident, where the call was noted against one. */
        @WithDefault("ServiceNow.MasterIncident")
        String master();

        /** Holds the link to the incident. */
        @WithDefault("ServiceNow.IncidentUrl")
        String url();
    }
}
