package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.FinishedCall;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a call looks like as an incident: the configured templates, filled with plain text of bounded length. */
@ApplicationScoped
public class IncidentFields {

    private static final Pattern SYS_ID = Pattern.compile("[0-9a-zA-Z]{32}");

    /** What a template may name, and where it comes from. Only the summary may have several lines. */
    static final Map<String, Function<FinishedCall, String>> PLACEHOLDERS = placeholders();

    private final IncidentConfig config;
    private final Map<String, FieldTemplate> templates = new TreeMap<>();
    private final FieldTemplate note;

    IncidentFields(IncidentConfig config) {
        this.config = config;
        config.fields()
                .forEach((column, template) ->
                        template.ifPresent(text -> templates.put(column, FieldTemplate.parse(text))));
        this.note = FieldTemplate.parse(config.note().orElse(""));
    }

    /** The columns of a new incident. */
    public Map<String, String> create(FinishedCall call) {
        Map<String, String> values = values(call);
        Map<String, String> fields = new LinkedHashMap<>();
        templates.forEach((column, template) -> {
            String text = text(column, template.fill(values));
            if (!text.isEmpty()) {
                fields.put(column, text);
            }
        });
        return fields;
    }

    /** The columns that an amended wrap-up changes on the incident that the bridge created for it. */
    public Map<String, String> amend(FinishedCall call) {
        Map<String, String> fields = create(call);
        fields.keySet().retainAll(config.amended());
        return fields;
    }

    /** As {@link #create}, below another incident. */
    public Map<String, String> child(FinishedCall call, String parentSysId) {
        Map<String, String> fields = create(call);
        fields.put("parent_incident", parentSysId);
        return fields;
    }

    /** The work note for an incident that was there before the call; "" when none is configured. */
    public String note(FinishedCall call) {
        return text("work_notes", note.fill(values(call)));
    }

    private String text(String column, String filled) {
        int most = config.lengths().getOrDefault(column, config.otherLength());
        return PlainText.cut(filled.strip(), most);
    }

    private static Map<String, String> values(FinishedCall call) {
        Map<String, String> values = new LinkedHashMap<>();
        PLACEHOLDERS.forEach((name, source) -> {
            String text = source.apply(call);
            values.put(name, text == null ? "" : name.equals("summary") ? PlainText.lines(text) : PlainText.line(text));
        });
        return values;
    }

    private static Map<String, Function<FinishedCall, String>> placeholders() {
        Map<String, Function<FinishedCall, String>> all = new TreeMap<>();
        all.put("conversationId", FinishedCall::conversationId);
        all.put("callerSysId", call -> sysId(call.callerSysId()));
        all.put("customerName", FinishedCall::customerName);
        all.put("callerNumber", FinishedCall::callerNumber);
        all.put("employeeId", FinishedCall::employeeId);
        all.put("wrapUpCode", FinishedCall::wrapUpCode);
        all.put("wrapUpName", FinishedCall::wrapUpName);
        all.put("topic", FinishedCall::topic);
        all.put("category", FinishedCall::category);
        all.put("recordingUrl", FinishedCall::recordingUrl);
        all.put("summary", FinishedCall::summary);
        all.put("queueName", FinishedCall::queueName);
        all.put("direction", FinishedCall::direction);
        all.put("agentName", FinishedCall::agentName);
        all.put("startTime", call -> iso(call.start()));
        all.put("endTime", call -> iso(call.end()));
        all.put("startColumn", call -> column(call.start()));
        all.put("endColumn", call -> column(call.end()));
        return all;
    }

    /** A reference column takes a key; with anything else ServiceNow would search for a record of that name. */
    private static String sysId(String text) {
        return text != null && SYS_ID.matcher(text).matches() ? text : "";
    }

    private static String iso(Instant time) {
        return time == null ? "" : time.toString();
    }

    private static String column(Instant time) {
        return time == null ? "" : ServiceNowTime.format(time);
    }
}
