package io.incidentbridge.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/**
 * A part of a page that changes by itself. Implement it as a bean; it is found by its name. Rendered without a request and
 * for all viewers alike, so it shows the same to everybody.
 */
interface Panel {

    /** Lower-case letters and hyphens. */
    String name();

    /**
     * How things stand now; may fail, and is given up after two seconds.
     *
     * @param subject what is behind the colon of {@code name:subject}; empty for nothing. Comes from the address, unchecked
     */
    Uni<TemplateInstance> look(String subject);
}
