package io.incidentbridge.startup;

import java.util.stream.Stream;

/** A feature's look at its own configuration. Implement it as a bean; it is found without being registered. */
public interface StartupCheck {

    /** Empty when all is well. May block. */
    Stream<Finding> check();
}
