package io.incidentbridge.outbox;

import io.incidentbridge.outbox.OutboxQueue.Depth;

/**
 * How much there is of one kind of work.
 *
 * @param pending       not done yet
 * @param due           of the pending ones, in hand or to be done now
 * @param oldestSeconds how long the oldest has been waiting
 * @param deadLetters   that wait for an operator
 */
public record KindView(String kind, long pending, long due, long oldestSeconds, long deadLetters) {

    static KindView of(String kind, Depth depth) {
        return new KindView(kind, depth.pending(), depth.due(), depth.oldest().toSeconds(), depth.dead());
    }
}
