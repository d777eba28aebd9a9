package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Operators' changes of a topic's state, each on top of whatever it is by then. */
@ApplicationScoped
class OutageOperation {

    private static final int ATTEMPTS = 5;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final OutageStore store;
    private final OutageStates states;
    private final Clock clock;

    OutageOperation(OutageStore store, OutageStates states, Clock clock) {
        this.store = store;
        this.states = states;
        this.clock = clock;
    }

    /**
     * Makes one step and answers the state that it led to.
     *
     * @param topic in the breaker's spelling
     */
    Uni<OutageState> change(String topic, Why why, Step step) {
        return change(topic, why, step, ATTEMPTS);
    }

    private Uni<OutageState> change(String topic, Why why, Step step, int attempts) {
        Instant now = clock.instant();
        return store.read(topic).flatMap(state -> {
            OutageState next = step.from(state, now);
            return next.equals(state)
                    ? Uni.createFrom().item(state)
                    : states.change(state, next, why, now)
                            .flatMap(stored -> stored ? done(next) : again(topic, why, step, attempts - 1));
        });
    }

    private Uni<OutageState> done(OutageState next) {
        return states.look().replaceWith(next.revised());
    }

    private Uni<OutageState> again(String topic, Why why, Step step, int attempts) {
        return attempts > 0
                ? change(topic, why, step, attempts)
                : Uni.createFrom()
                        .failure(new ProblemException(ProblemType.UNAVAILABLE, "The outage's state is changing.")
                                .retryAfter(AGAIN));
    }

    /** A change as the policy makes it. */
    interface Step {
        OutageState from(OutageState state, Instant now);
    }
}
