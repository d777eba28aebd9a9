package io.incidentbridge.emergency;

import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The state of emergency routing, for flows. */
@Path("/v1/emergency-routing")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Rights.DATA_ACTION, Rights.EMERGENCY, Rights.OPERATOR})
@Tag(name = "Emergencies")
public class EmergencyRoutingResource {

    private final EmergencyService service;
    private final EmergencyWatch watch;
    private final EmergencyTargets targets;
    private final EmergencyConfig config;
    private final Map<String, QueueSelector> selectors;

    EmergencyRoutingResource(
            EmergencyService service, EmergencyWatch watch, EmergencyTargets targets, EmergencyConfig config) {
        this.service = service;
        this.watch = watch;
        this.targets = targets;
        this.config = config;
        this.selectors = config.groups().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> new QueueSelector(
                                group.getValue(), config.observationsLast(), () -> ThreadLocalRandom.current()
                                        .nextDouble())));
    }

    @GET
    @Operation(
            summary = "Where calls go now",
            description = "Milliseconds; also without Redis, then marked stale. Timeout of the Data Action: 5 s.")
    @APIResponse(responseCode = "200", description = "Route to queueId unless it is empty")
    @APIResponse(responseCode = "400", description = "There is no such group, as a problem")
    public Uni<RoutingAnswer> routing(
            @QueryParam("group") @Pattern(regexp = "[A-Za-z0-9_-]{0,50}", message = "must be the name of a group")
                    String group) {
        String name = service.group(group, "");
        return watch.current(name).map(seen -> answer(name, seen));
    }

    private RoutingAnswer answer(String group, EmergencyWatch.Seen seen) {
        Snapshot snapshot = seen.snapshot();
        EmergencyConfig.Group settings = config.groups().get(group);
        DesiredRouting desired = EmergencyPolicy.desired(snapshot, settings.priority());
        RoutingView view = RoutingView.of(targets.of(group), desired, snapshot);
        boolean routes = desired.routing().active() && view.state() != RoutingView.State.INACTIVE;
        List<String> queueIds = routes ? desired.routing().queueIds() : List.of();
        QueueSelector.Choice choice = selectors.get(group).choose(queueIds, snapshot);
        return new RoutingAnswer(
                group,
                view.state(),
                choice.queueId(),
                queueIds,
                choice.weights(),
                choice.overflowQueueId(),
                routes ? desired.routing().priority() : 0,
                routes ? desired.reasonId() : "",
                CacheBuster.value(snapshot, settings.cacheBust().lasts()),
                seen.stale());
    }
}
