package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The record pages as HTML without scripts or inline styles; every value is escaped. Times are shown in UTC. */
final class RecordHtml {

    private static final List<String> INCIDENT_FIELDS = List.of(
            "number",
            "caller_id",
            "state",
            "priority",
            "impact",
            "urgency",
            "category",
            "contact_type",
            "assignment_group",
            "assigned_to",
            "opened_at",
            "sys_updated_on",
            "close_code",
            "close_notes",
            "parent_incident",
            "major_incident_state",
            "correlation_id",
            "u_genesys_conversation_id",
            "u_calls_noted",
            "description");
    private static final List<String> USER_FIELDS = List.of(
            "name",
            "user_name",
            "employee_number",
            "title",
            "department",
            "location",
            "email",
            "phone",
            "mobile_phone",
            "home_phone",
            "active",
            "vip",
            "sys_updated_on");

    private final Store store;
    private final DisplayValues displayValues;

    RecordHtml(Store store) {
        this.store = store;
        this.displayValues = new DisplayValues(store);
    }

    /** @param base the path of the instance, without a slash at the end */
    String record(String base, Row row) {
        String table = row.schema().name();
        String heading = row.get(row.schema().displayColumn());
        StringBuilder body = new StringBuilder();
        body.append("<p class=\"kind\">")
                .append(escape(table))
                .append("</p><h1>")
                .append(escape(heading))
                .append("</h1>");
        if (row.schema().has("short_description")) {
            body.append("<p class=\"summary\">")
                    .append(escape(row.get("short_description")))
                    .append("</p>");
        }
        body.append("<dl>");
        fields(row.schema()).forEach(column -> field(base, row, column, body));
        body.append("</dl>");
        if (table.equals("sys_user")) {
            openIncidents(base, row, body);
        }
        if (row.schema().has("work_notes")) {
            activity(row, body);
        }
        return page(base, heading, body.toString());
    }

    String home(String base) {
        StringBuilder body = new StringBuilder("<p class=\"kind\">Simulated instance</p><h1>ServiceNow sandbox</h1>")
                .append("<p class=\"summary\">The most recently updated open incidents.</p>");
        List<Row> open = store.scan(
                store.schema("incident").orElseThrow(), row -> row.get("active").equals("true"));
        list(base, open, body);
        return page(base, "ServiceNow sandbox", body.toString());
    }

    String message(String base, String heading, String text) {
        return page(base, heading, "<h1>" + escape(heading) + "</h1><p class=\"summary\">" + escape(text) + "</p>");
    }

    private static List<Column> fields(TableSchema schema) {
        List<String> names =
                switch (schema.name()) {
                    case "incident" -> INCIDENT_FIELDS;
                    case "sys_user" -> USER_FIELDS;
                    default -> schema.columns().stream().map(Column::name).toList();
                };
        return names.stream().flatMap(name -> schema.column(name).stream()).toList();
    }

    private void field(String base, Row row, Column column, StringBuilder body) {
        String raw = row.get(column.name());
        String shown =
                switch (column.type()) {
                    case DATE_TIME -> raw.isEmpty() ? "" : escape(raw) + " UTC";
                    case REFERENCE -> link(base, column.reference(), raw, displayValues.of(column, raw));
                    default -> escape(displayValues.of(column, raw));
                };
        body.append("<dt>")
                .append(escape(column.label()))
                .append("</dt><dd>")
                .append(shown)
                .append("</dd>");
    }

    private void openIncidents(String base, Row user, StringBuilder body) {
        body.append("<h2>Open incidents</h2>");
        List<Row> open = store.scan(
                store.schema("incident").orElseThrow(),
                row -> row.get("caller_id").equals(user.sysId())
                        && row.get("active").equals("true"));
        list(base, open, body);
    }

    private void list(String base, List<Row> incidents, StringBuilder body) {
        incidents.sort(
                Comparator.comparing((Row row) -> row.get("sys_updated_on")).reversed());
        body.append("<ul>");
        incidents.stream().limit(20).forEach(row -> body.append("<li>")
                .append(link(base, "incident", row.sysId(), row.get("number")))
                .append(" <span>")
                .append(escape(Choices.label("priority", row.get("priority"))))
                .append("</span> ")
                .append(escape(row.get("short_description")))
                .append("</li>"));
        body.append(incidents.isEmpty() ? "<li>None</li></ul>" : "</ul>");
    }

    private void activity(Row row, StringBuilder body) {
        List<Row> entries = new ArrayList<>(store.journalOf(row.sysId()));
        Collections.reverse(entries);
        body.append("<h2>Activity</h2><ul class=\"activity\">");
        entries.forEach(entry -> body.append("<li><span>")
                .append(escape(entry.get("sys_created_on") + " UTC, " + entry.get("sys_created_by")))
                .append("</span><p>")
                .append(escape(entry.get("value")))
                .append("</p></li>"));
        body.append(entries.isEmpty() ? "<li>None</li></ul>" : "</ul>");
    }

    private static String link(String base, String table, String sysId, String text) {
        if (sysId.isEmpty()) {
            return "";
        }
        return "<a href=\"" + escape(base + "/" + table + ".do?sys_id=" + UrlEncoded.encode(sysId)) + "\">"
                + escape(text) + "</a>";
    }

    private static String page(String base, String title, String body) {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>" + escape(title) + " | ServiceNow sandbox</title>"
                + "<link rel=\"stylesheet\" href=\"" + escape(base) + "/styles/record.css\"></head>"
                + "<body><header><a href=\"" + escape(base) + "/\">ServiceNow sandbox</a></header><main>" + body
                + "</main></body></html>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
