package io.incidentbridge.emergency;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What goes on in a queue.
 *
 * @param idle    agents on the queue who are free
 * @param busy    agents on the queue who are not
 * @param waiting calls that wait for one
 */
@RegisterForReflection
record QueueLoad(int idle, int busy, int waiting) {

    /** Agents that are left when everybody who waits has one. */
    int free() {
        return idle - waiting;
    }

    int agents() {
        return idle + busy;
    }
}
