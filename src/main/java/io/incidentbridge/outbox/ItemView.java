package io.incidentbridge.outbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An item as operators see it. */
@RegisterForReflection
public record ItemView(
        String id,
        @Schema(examples = "wrap-up") String kind,
        OutboxState state,
        @Schema(description = "Why it is not done", examples = "servicenow REJECTED") String reason,
        @Schema(description = "What the vendor said") String answer,
        @Schema(description = "How often it has failed since it was added or replayed") int attempts,
        @Schema(description = "How often a worker died with it") int lost,
        int replays,
        @Schema(examples = "2026-11-22T09:30:00Z") String createdAt,
        @Schema(description = "When it was done, buried or discarded; else empty") String endedAt,
        @Schema(
                        description = "What is to be done; empty in lists, as it may hold a caller's data",
                        implementation = Object.class)
                JsonNode body) {

    ItemView with(JsonNode shown) {
        return new ItemView(id, kind, state, reason, answer, attempts, lost, replays, createdAt, endedAt, shown);
    }

    /** Whether an operator has to decide about it. */
    @JsonIgnore
    public boolean isDead() {
        return state == OutboxState.DEAD;
    }

    /** Whether it is over, well or not. */
    @JsonIgnore
    public boolean hasEnded() {
        return switch (state) {
            case DONE, DEAD, DISCARDED -> true;
            case READY, CLAIMED -> false;
        };
    }
}
