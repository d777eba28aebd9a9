package io.incidentbridge.servicenow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How calls become incidents in ServiceNow; docs/servicenow-writes.md explains it. */
@ConfigMapping(prefix = "bridge.servicenow.incident")
interface IncidentConfig {

    /** How a second incident for the same call is prevented. */
    @WithDefault("chosen-sys-id")
    CreateOnce createOnce();

    /**
     * How long ServiceNow may still be at a write of which no answer came: its limit for a transaction, and what the way
     * there takes. Nothing that could do the same twice is sent in the meantime.
     */
    @WithDefault("75s")
    Duration settled();

    /**
     * What a new incident's columns are filled with: text with placeholders such as {@code {customerName}} or
     * {@code {customerName|unknown}}. A line whose placeholders are all empty is left out, and so is a column that ends up
     * empty; an empty template takes a default column away.
     */
    Map<String, Optional<String>> fields();

    /** The columns that are written again when a call's wrap-up is amended; they need a template. */
    @WithDefault("description,category")
    List<String> amended();

    /** The work note that a call leaves on an incident that was there before. */
    Optional<String> note();

    /** Most characters of a column, at least 1; what is longer is cut. */
    Map<String, Integer> lengths();

    /** Most characters of a column that has no length of its own. */
    @WithDefault("255")
    @Min(1)
    @Max(1_000_000)
    int otherLength();

    /** What makes an incident exist once. */
    enum CreateOnce {
        /** The bridge chooses the sys_id, so that the database itself refuses a second one. */
        CHOSEN_SYS_ID,
        /** For instances that refuse chosen sys_ids: looks for the correlation id first, one writer at a time. */
        QUERY_FIRST
    }
}
