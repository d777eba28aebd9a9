package io.incidentbridge.sandbox.pagerduty;

import java.time.Instant;

/**
 * When an incident changed.
 *
 * @param resolved null unless it is resolved now
 * @param reopened null until it is opened again
 */
record Times(Instant created, Instant updated, Instant statusChanged, Instant resolved, Instant reopened) {

    static Times of(Instant created) {
        return new Times(created, created, created, null, null);
    }

    Times updated(Instant at) {
        return new Times(created, at, statusChanged, resolved, reopened);
    }

    Times statusChanged(String before, String after, Instant at) {
        return new Times(
                created, at, at, after.equals("resolved") ? at : null, before.equals("resolved") ? at : reopened);
    }
}
