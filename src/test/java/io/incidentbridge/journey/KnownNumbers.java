package io.incidentbridge.journey;

import java.util.List;

/** The numbers of the users that the simulated ServiceNow generates ({@code sandbox-seed}). */
final class KnownNumbers {

    private static final List<Integer> AREAS = List.of(206, 212, 213, 303, 305, 312, 408, 510, 512, 617, 628, 650);

    private KnownNumbers() {}

    /** @param index the first user's is 0 */
    static String generated(int index) {
        return "+1%d600%04d".formatted(AREAS.get(index % AREAS.size()), index / AREAS.size());
    }
}
