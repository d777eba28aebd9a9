package io.incidentbridge.outbox;

import java.util.concurrent.atomic.AtomicInteger;

/** How many items of one kind this replica may still take on. */
final class Room {

    private final AtomicInteger free;

    Room(int places) {
        this.free = new AtomicInteger(places);
    }

    /** @return how many places were taken, from 0 to {@code most} */
    int take(int most) {
        int before = free.getAndUpdate(places -> places - Math.min(places, most));
        return Math.min(before, most);
    }

    void giveBack(int places) {
        free.addAndGet(places);
    }
}
