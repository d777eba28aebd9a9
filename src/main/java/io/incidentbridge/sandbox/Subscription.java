package io.incidentbridge.sandbox;

import java.time.Clock;
import java.time.Instant;

/** Whether a vendor still delivers to the bridge's address: too many drops in a row disable it for a while. */
final class Subscription {

    private final Webhooks.Rules rules;
    private final Clock clock;
    private int dropsInARow;
    private Instant disabledUntil = Instant.MIN;

    Subscription(Webhooks.Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    synchronized boolean isDisabled() {
        return clock.instant().isBefore(disabledUntil);
    }

    synchronized void accepted() {
        dropsInARow = 0;
    }

    synchronized void dropped() {
        if (rules.mostDrops() > 0 && ++dropsInARow >= rules.mostDrops()) {
            dropsInARow = 0;
            disabledUntil = clock.instant().plus(rules.disabledFor());
        }
    }

    /** As an administrator does by hand. */
    synchronized void enable() {
        dropsInARow = 0;
        disabledUntil = Instant.MIN;
    }
}
