package io.incidentbridge.sandbox.servicenow;

import java.util.Map;
import java.util.Optional;

/**
 * Labels of the choice columns in the base system. States and hold reasons as in the incident state model of the
 * product documentation and in ansible-collections/servicenow.itsm.
 */
final class Choices {

    private static final Map<String, String> STATES =
            Map.of("1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed", "8", "Canceled");
    private static final Map<String, String> LEVELS = Map.of("1", "1 - High", "2", "2 - Medium", "3", "3 - Low");

    private static final Map<String, Map<String, String>> LABELS = Map.ofEntries(
            Map.entry("state", STATES),
            Map.entry("incident_state", STATES),
            Map.entry("impact", LEVELS),
            Map.entry("urgency", LEVELS),
            Map.entry("severity", LEVELS),
            Map.entry(
                    "priority",
                    Map.of(
                            "1", "1 - Critical",
                            "2", "2 - High",
                            "3", "3 - Moderate",
                            "4", "4 - Low",
                            "5", "5 - Planning")),
            Map.entry(
                    "hold_reason",
                    Map.of(
                            "1",
                            "Awaiting Caller",
                            "3",
                            "Awaiting Problem",
                            "4",
                            "Awaiting Vendor",
                            "5",
                            "Awaiting Change")),
            Map.entry(
                    "category",
                    Map.of(
                            "inquiry", "Inquiry / Help",
                            "software", "Software",
                            "hardware", "Hardware",
                            "network", "Network",
                            "database", "Database")),
            Map.entry(
                    "contact_type",
                    Map.of(
                            "phone", "Phone",
                            "email", "Email",
                            "self-service", "Self-service",
                            "walk-in", "Walk-in",
                            "virtual_agent", "Virtual Agent",
                            "chat", "Chat",
                            "monitoring", "Monitoring")),
            Map.entry(
                    "major_incident_state",
                    Map.of(
                            "proposed",
                            "Proposed",
                            "accepted",
                            "Accepted",
                            "rejected",
                            "Rejected",
                            "canceled",
                            "Canceled")),
            Map.entry("escalation", Map.of("0", "Normal", "1", "Moderate", "2", "High", "3", "Overdue")),
            Map.entry("notify", Map.of("1", "Do Not Notify", "2", "Send Email", "3", "Initiate conference call")),
            Map.entry("approval", Map.of("not requested", "Not Yet Requested", "approved", "Approved")),
            Map.entry("upon_approval", Map.of("proceed", "Proceed to Next Task")),
            Map.entry("upon_reject", Map.of("cancel", "Cancel all future Tasks")));

    private Choices() {}

    /** A value without a label is displayed as it is. */
    static String label(String column, String value) {
        return LABELS.getOrDefault(column, Map.of()).getOrDefault(value, value);
    }

    /** The value behind a label, whatever its letter case. */
    static Optional<String> value(String column, String label) {
        return LABELS.getOrDefault(column, Map.of()).entrySet().stream()
                .filter(choice -> choice.getValue().equalsIgnoreCase(label))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
