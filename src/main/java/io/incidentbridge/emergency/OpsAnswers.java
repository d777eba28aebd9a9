package io.incidentbridge.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.emergency.target.Routing;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What operators are answered; times are UTC and empty when they do not apply. */
public final class OpsAnswers {

    private OpsAnswers() {}

    /** A group with all that is known of it. */
    public record GroupState(
            String group,
            RoutingView.State state,
            @Schema(description = "What Genesys shall be") RoutingText desired,
            @Schema(description = "Why, beginning with the incident's id") String reason,
            List<String> holders,
            long revision,
            @Schema(description = "How long Genesys has not been as desired, in seconds") double unsettledSeconds,
            String activeSince,
            List<TargetState> targets,
            @Schema(description = "The override that holds; its mode is empty when there is none")
                    OverrideState override,
            @Schema(description = "An override that waits for a second person; its id is empty when there is none")
                    ProposalState proposal,
            @Schema(description = "Live observations, by queue id; empty before the first emergency")
                    List<QueueState> queues) {}

    /** What goes on in a queue: free and busy agents, calls that wait. */
    public record QueueState(String queueId, int idle, int busy, int waiting, String observedAt) {

        static List<QueueState> of(Snapshot.Queues queues) {
            return queues.byId().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(queue -> new QueueState(
                            queue.getKey(),
                            queue.getValue().idle(),
                            queue.getValue().busy(),
                            queue.getValue().waiting(),
                            queues.at().toString()))
                    .toList();
        }
    }

    /** Routing, as a record that Jackson writes flat. */
    public record RoutingText(boolean active, List<String> queueIds, int priority) {

        static RoutingText of(Routing routing) {
            return new RoutingText(routing.active(), routing.queueIds(), routing.priority());
        }
    }

    /** One target. */
    public record TargetState(
            String target,
            Result result,
            @Schema(description = "Why it is not as desired") String reason,
            @Schema(description = "ACTIVE or INACTIVE as last read; empty when it could not be") String seen,
            List<String> seenQueueIds,
            int seenPriority,
            @Schema(description = "As Genesys told it then") String lastUpdated) {}

    /** An override. */
    public record OverrideState(String mode, List<String> targetQueueIds, String reason, String actor, String until) {

        static final OverrideState NONE = new OverrideState("", List.of(), "", "", "");

        static OverrideState of(Forced override) {
            return new OverrideState(
                    override.mode().name(),
                    override.queueIds(),
                    override.reason(),
                    override.actor(),
                    override.until().toString());
        }
    }

    /** An override that waits for a second person. */
    public record ProposalState(String id, OverrideState override, String by, String until) {

        static final ProposalState NONE = new ProposalState("", OverrideState.NONE, "", "");
    }

    /** What an override has come to. */
    public record OverrideAnswer(
            @Schema(description = "SET, PROPOSED (a second person must confirm it), CLEARED or DRY_RUN") String status,
            @Schema(description = "To be confirmed; empty unless PROPOSED") String proposalId,
            @Schema(description = "What would be sent; empty unless DRY_RUN") List<PlannedChange> changes) {}

    /** What a pass would do about one target, and the exact request. */
    public record PlannedChange(
            String target,
            @Schema(
                            description =
                                    "HOLD (nothing to do), APPLY, REPAIR, LEAVE (configuration says so), AWAIT, or FAILED")
                    String step,
            @Schema(description = "What was read just now") String observed,
            @Schema(description = "Why it would not be sent") String reason,
            String method,
            String path,
            JsonNode body) {}
}
