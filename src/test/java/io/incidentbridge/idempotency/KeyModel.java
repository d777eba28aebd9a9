package io.incidentbridge.idempotency;

import io.incidentbridge.idempotency.Standing.Kind;
import java.util.Optional;

/** What one key should do, in plain Java, and what its owners did to the world outside. */
final class KeyModel {

    private enum State {
        NONE,
        IN_FLIGHT,
        UNKNOWN_OUTCOME,
        DONE
    }

    /** @param effect whether this owner has had its effect */
    private record Owner(Claim claim, boolean effect) {}

    private final Owner[] owners;
    private State state = State.NONE;
    private boolean ranOut;
    private boolean doubt;
    private int current = -1;
    private long highestFence;
    private boolean effectInWorld;
    private int blindEffects;
    private Reply reply;

    KeyModel(int owners) {
        this.owners = new Owner[owners];
    }

    Optional<String> state() {
        return state == State.NONE ? Optional.empty() : Optional.of(state.name());
    }

    Kind begin() {
        return switch (state) {
            case NONE -> Kind.RUN;
            case IN_FLIGHT -> ranOut ? Kind.RESUME : Kind.BUSY;
            case UNKNOWN_OUTCOME -> Kind.RESUME;
            case DONE -> Kind.REPLAY;
        };
    }

    void own(int owner, Claim claim) {
        if (Long.parseLong(claim.fence()) <= highestFence) {
            throw new AssertionError("the fence fell");
        }
        highestFence = Long.parseLong(claim.fence());
        doubt = claim.resume();
        owners[owner] = new Owner(claim, false);
        current = owner;
        state = State.IN_FLIGHT;
        ranOut = false;
    }

    Optional<Claim> claim(int owner) {
        return Optional.ofNullable(owners[owner]).map(Owner::claim);
    }

    boolean hadEffect(int owner) {
        return owners[owner].effect();
    }

    /** One that runs does it without looking; one that resumes looks first. Nobody does it twice under one claim. */
    void effect(int owner) {
        Owner one = owners[owner];
        if (one == null || one.effect()) {
            return;
        }
        if (!one.claim().resume()) {
            blindEffects++;
        }
        effectInWorld = true;
        owners[owner] = new Owner(one.claim(), true);
    }

    Reply replyOf(int owner) {
        return new Reply(
                200, "application/json", "{\"fence\":" + owners[owner].claim().fence() + "}");
    }

    boolean finish(int owner, Reply stored) {
        boolean ours = isOurs(owner);
        owners[owner] = null;
        if (ours) {
            state = State.DONE;
            reply = stored;
        }
        return ours;
    }

    boolean abandon(int owner, boolean certain) {
        boolean ours = isOurs(owner);
        owners[owner] = null;
        if (ours) {
            state = certain && !doubt ? State.NONE : State.UNKNOWN_OUTCOME;
            if (state == State.NONE && effectInWorld) {
                throw new AssertionError("forgotten although it had happened");
            }
        }
        return ours;
    }

    void claimRunsOut() {
        ranOut = true;
    }

    void expire() {
        state = State.NONE;
        effectInWorld = false;
        blindEffects = 0;
        java.util.Arrays.fill(owners, null);
    }

    int blindEffects() {
        return blindEffects;
    }

    Reply reply() {
        return reply;
    }

    private boolean isOurs(int owner) {
        return state == State.IN_FLIGHT && current == owner;
    }
}
