package io.incidentbridge.caller;

import io.incidentbridge.caller.CallerSnapshot.Status;
import io.incidentbridge.itsm.OpenIncident;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.outage.OutageView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the agent sees as the call lands. Flat, and every field is always present: an Architect flow has no null, and
 * flattens the list of incidents to parallel lists ({@code incidents.number}, ...).
 */
@Schema(description = "Every field is always present: empty text, 0 or false where there is nothing to tell.")
record ScreenPop(
        @Schema(description = "FOUND, NOT_FOUND, AMBIGUOUS (several users share the number) or UNAVAILABLE")
                Status status,
        @Schema(description = "ani or employeeId when FOUND, else empty") String matchedBy,
        @Schema(examples = "62826bf03710200044e0bfc8bcbe5df1") String sysId,
        @Schema(examples = "abel.tuter") String userName,
        @Schema(examples = "Abel Tuter") String name,
        boolean vip,
        @Schema(description = "Page of the user's record") String userUrl,
        @Schema(description = "The most recently updated open incidents, newest first, 3 by default")
                List<Incident> incidents,
        @Schema(description = "False when the user was found but the incidents could not be read")
                boolean incidentsAvailable,
        @Schema(description = "Length of the list") int incidentCount,
        @Schema(description = "Of the first incident, as are the next five", examples = "INC0010023")
                String incidentNumber,
        String incidentShortDescription,
        @Schema(examples = "In Progress") String incidentState,
        @Schema(description = "1 critical to 5 planning, 0 none") int incidentPriority,
        @Schema(examples = "2026-11-22T09:30:00Z") String incidentUpdatedAt,
        String incidentUrl,
        @Schema(description = "The one page to open: the first incident, else the user; empty without a user")
                String openUrl,
        @Schema(description = "Signed link to the agent page; empty where the page is not set up") String agentPageUrl,
        @Schema(description = "True when ServiceNow did not answer and this is the last known answer") boolean stale,
        @Schema(description = "Queue priority for this caller, 0 for the queue's own") int suggestedPriority,
        @Schema(description = "NORMAL, CATASTROPHE or RECOVERING for the topic") String outageMode,
        @Schema(description = "The master incident of the topic's outage") String masterNumber,
        @Schema(description = "What to tell the caller about the outage") String announcement) {

    /** An open incident. */
    record Incident(String number, String shortDescription, String state, int priority, String updatedAt, String url) {

        static final Incident NONE = new Incident("", "", "", 0, "", "");

        static Incident of(OpenIncident incident) {
            return new Incident(
                    incident.number(),
                    incident.shortDescription(),
                    incident.state(),
                    incident.priority(),
                    incident.updatedAt().toString(),
                    incident.url());
        }
    }

    /** Without an outage, which {@link #during} adds. */
    static ScreenPop of(CallerSnapshot caller, String matchedBy, boolean stale) {
        boolean found = caller.status() == Status.FOUND;
        ServiceDeskUser user = found ? caller.user() : new ServiceDeskUser("", "", "", false, "", null, "");
        List<Incident> incidents = caller.incidents().stream().map(Incident::of).toList();
        Incident first = incidents.isEmpty() ? Incident.NONE : incidents.get(0);
        return new ScreenPop(
                caller.status(),
                found ? matchedBy : "",
                user.sysId(),
                user.userName(),
                user.name(),
                user.vip(),
                user.url(),
                incidents,
                caller.incidentsKnown(),
                incidents.size(),
                first.number(),
                first.shortDescription(),
                first.state(),
                first.priority(),
                first.updatedAt(),
                first.url(),
                first.url().isEmpty() ? user.url() : first.url(),
                "",
                stale,
                0,
                OutageView.Mode.NORMAL.name(),
                "",
                "");
    }

    /** @param url of the agent page, "" where there is none */
    ScreenPop linkedBy(String url) {
        return new ScreenPop(
                status,
                matchedBy,
                sysId,
                userName,
                name,
                vip,
                userUrl,
                incidents,
                incidentsAvailable,
                incidentCount,
                incidentNumber,
                incidentShortDescription,
                incidentState,
                incidentPriority,
                incidentUpdatedAt,
                incidentUrl,
                openUrl,
                url,
                stale,
                suggestedPriority,
                outageMode,
                masterNumber,
                announcement);
    }

    ScreenPop suggesting(int priority) {
        return with(priority, outageMode, masterNumber, announcement);
    }

    ScreenPop during(OutageView outage) {
        return with(suggestedPriority, outage.mode().name(), outage.masterNumber(), outage.announcement());
    }

    private ScreenPop with(int priority, String mode, String master, String words) {
        return new ScreenPop(
                status,
                matchedBy,
                sysId,
                userName,
                name,
                vip,
                userUrl,
                incidents,
                incidentsAvailable,
                incidentCount,
                incidentNumber,
                incidentShortDescription,
                incidentState,
                incidentPriority,
                incidentUpdatedAt,
                incidentUrl,
                openUrl,
                agentPageUrl,
                stale,
                priority,
                mode,
                master,
                words);
    }
}
