package io.incidentbridge.webhook;

import java.util.List;
import java.util.function.Function;

/** A delivery's headers. One that a signature covers must come exactly once, lest two readers read two values. */
record Headers(Function<String, List<String>> all) {

    /** @return null when absent or doubled */
    String only(String name) {
        List<String> values = all.apply(name);
        return values == null || values.size() != 1 ? null : values.get(0);
    }
}
