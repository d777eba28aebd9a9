package io.incidentbridge.priority;

import io.incidentbridge.conversation.SuggestedPriority.Raised;
import java.util.Optional;

/** What a waiting conversation's priority should be. Pure. */
final class PriorityPolicy {

    private PriorityPolicy() {}

    /**
     * The higher one of what others have set and what the caller's incidents ask for: so that it never goes below what
     * others want, and goes back to that when no incident asks any more.
     *
     * @param current   as routing has it
     * @param suggested what the incidents ask for, 0 for nothing
     * @param raised    what the bridge did before; it no longer counts when somebody has changed the priority since
     */
    static Decision decide(int current, int suggested, Optional<Raised> raised) {
        boolean ours = raised.isPresent() && raised.get().ours() == current;
        int others = ours ? raised.get().before() : current;
        int target = suggested > 0 ? Math.max(others, suggested) : others;
        return new Decision(
                target,
                target == current,
                target > others ? Optional.of(new Raised(others, target)) : Optional.empty());
    }

    /**
     * What to do.
     *
     * @param target the priority that it should have
     * @param done   it has that already
     * @param raised what is to be remembered of it; empty when the priority is what others want
     */
    record Decision(int target, boolean done, Optional<Raised> raised) {}
}
