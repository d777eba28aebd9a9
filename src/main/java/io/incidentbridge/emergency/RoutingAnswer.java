package io.incidentbridge.emergency;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a flow does with the next call; every field is always present. */
record RoutingAnswer(
        String group,
        @Schema(description = "ACTIVE, INACTIVE, or PENDING while Genesys is being switched") RoutingView.State state,
        @Schema(description = "The queue to use now; empty when calls are to go their usual way") String queueId,
        @Schema(description = "All queues of the emergency, first choice first") List<String> queueIds,
        @Schema(description = "How many of 100 calls each of them gets when all agents are busy")
                List<Integer> queueWeights,
        @Schema(description = "For calls that waited too long; empty when none is configured") String overflowQueueId,
        @Schema(description = "For Transfer to ACD; 0 without an emergency") int priority,
        @Schema(description = "The incident that decides, or override; empty without an emergency") String reasonId,
        @Schema(description = "Another one after every change, and every second after an activation") String cacheBust,
        @Schema(description = "Whether the bridge could not look and this is what it knew last") boolean stale) {}
