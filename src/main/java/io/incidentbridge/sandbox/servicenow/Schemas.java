package io.incidentbridge.sandbox.servicenow;

import static io.incidentbridge.sandbox.servicenow.Column.of;
import static io.incidentbridge.sandbox.servicenow.Column.reference;
import static io.incidentbridge.sandbox.servicenow.Column.string;
import static io.incidentbridge.sandbox.servicenow.ColumnType.BOOLEAN;
import static io.incidentbridge.sandbox.servicenow.ColumnType.CHOICE;
import static io.incidentbridge.sandbox.servicenow.ColumnType.DATE_TIME;
import static io.incidentbridge.sandbox.servicenow.ColumnType.INTEGER;
import static io.incidentbridge.sandbox.servicenow.ColumnType.JOURNAL;
import static io.incidentbridge.sandbox.servicenow.ColumnType.JOURNAL_LIST;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of the instance, with the base system's column names and the maximum lengths that matter. */
final class Schemas {

    private Schemas() {}

    /** @param customColumns further text columns by table, such as {@code u_site} of {@code incident} */
    static Map<String, TableSchema> all(Map<String, List<String>> customColumns) {
        Map<String, TableSchema> schemas = new LinkedHashMap<>();
        add(schemas, customColumns, "sys_user", null, null, "name", "user_name", user());
        add(schemas, customColumns, "sys_user_group", null, null, "name", null, named());
        add(schemas, customColumns, "cmdb_ci", null, null, "name", null, named());
        add(schemas, customColumns, "core_company", null, null, "name", null, named());
        add(schemas, customColumns, "cmn_department", null, null, "name", null, named());
        add(schemas, customColumns, "cmn_location", null, null, "name", null, named());
        add(schemas, customColumns, "sys_journal_field", null, null, "element", null, journalField());
        add(schemas, customColumns, "sys_attachment", null, null, "file_name", null, attachment());
        add(schemas, customColumns, "task", null, "TASK", "number", null, task());
        add(schemas, customColumns, "problem", "task", "PRB", "number", null, task());
        add(schemas, customColumns, "change_request", "task", "CHG", "number", null, task());
        add(schemas, customColumns, "incident", "task", "INC", "number", null, incident());
        return schemas;
    }

    private static void add(
            Map<String, TableSchema> schemas,
            Map<String, List<String>> customColumns,
            String name,
            String parent,
            String numberPrefix,
            String displayColumn,
            String uniqueColumn,
            List<Column> own) {
        List<Column> columns = new ArrayList<>(system());
        columns.addAll(own);
        customColumns.getOrDefault(name, List.of()).forEach(custom -> columns.add(string(custom)));
        schemas.put(name, new TableSchema(name, parent, numberPrefix, displayColumn, uniqueColumn, columns));
    }

    /** The sys_id comes first: {@link Row#sysId()} relies on it. */
    private static List<Column> system() {
        return List.of(
                string("sys_id", 32).asReadOnly(),
                of(DATE_TIME, "sys_created_on").asReadOnly(),
                string("sys_created_by", 40).asReadOnly(),
                of(DATE_TIME, "sys_updated_on").asReadOnly(),
                string("sys_updated_by", 40).asReadOnly(),
                of(INTEGER, "sys_mod_count").asReadOnly(),
                string("sys_class_name", 80).asReadOnly(),
                reference("sys_domain", "sys_user_group").asReadOnly(),
                string("sys_domain_path").asReadOnly(),
                string("sys_tags").asReadOnly());
    }

    private static List<Column> named() {
        return List.of(string("name", 100), string("description", 1000), of(BOOLEAN, "active"));
    }

    private static List<Column> journalField() {
        return List.of(
                string("name", 80),
                string("element", 80),
                string("element_id", 32),
                string("value", Integer.MAX_VALUE));
    }

    private static List<Column> attachment() {
        return List.of(
                string("file_name", 255),
                string("table_name", 80),
                string("table_sys_id", 32),
                string("content_type", 1000),
                of(INTEGER, "size_bytes"));
    }

    private static List<Column> user() {
        return List.of(
                string("user_name", 40),
                string("first_name", 50),
                string("last_name", 50),
                string("name", 151),
                string("email", 100),
                string("phone", 40),
                string("mobile_phone", 40),
                string("home_phone", 40),
                string("employee_number", 40),
                string("title", 60),
                of(BOOLEAN, "active"),
                of(BOOLEAN, "vip"),
                of(BOOLEAN, "locked_out"),
                of(BOOLEAN, "web_service_access_only"),
                string("time_zone", 40),
                string("preferred_language", 3),
                reference("department", "cmn_department"),
                reference("location", "cmn_location"),
                reference("company", "core_company"),
                reference("manager", "sys_user"),
                string("city", 40),
                string("country", 3));
    }

    private static List<Column> task() {
        return List.of(
                string("number", 40),
                reference("parent", "task"),
                of(CHOICE, "state"),
                of(BOOLEAN, "active"),
                of(CHOICE, "priority").asReadOnly(),
                of(CHOICE, "impact"),
                of(CHOICE, "urgency"),
                string("short_description", 160),
                string("description", 4000),
                of(DATE_TIME, "opened_at"),
                reference("opened_by", "sys_user"),
                of(DATE_TIME, "closed_at"),
                reference("closed_by", "sys_user"),
                string("close_notes", 4000),
                reference("assignment_group", "sys_user_group"),
                reference("assigned_to", "sys_user"),
                reference("cmdb_ci", "cmdb_ci"),
                reference("business_service", "cmdb_ci"),
                of(CHOICE, "contact_type"),
                string("correlation_id", 100),
                string("correlation_display", 100),
                of(DATE_TIME, "due_date"),
                of(DATE_TIME, "sla_due"),
                of(CHOICE, "escalation"),
                of(BOOLEAN, "made_sla"),
                of(BOOLEAN, "knowledge"),
                of(CHOICE, "approval"),
                of(CHOICE, "upon_approval"),
                of(CHOICE, "upon_reject"),
                reference("location", "cmn_location"),
                reference("company", "core_company"),
                of(INTEGER, "reassignment_count"),
                string("watch_list", 4000),
                string("task_effective_number", 40).asReadOnly(),
                of(JOURNAL, "work_notes"),
                of(JOURNAL, "comments"),
                of(JOURNAL_LIST, "comments_and_work_notes").asReadOnly());
    }

    private static List<Column> incident() {
        List<Column> columns = new ArrayList<>(task());
        columns.addAll(List.of(
                reference("caller_id", "sys_user"),
                of(CHOICE, "category"),
                string("subcategory", 40),
                of(CHOICE, "severity"),
                of(CHOICE, "incident_state"),
                of(CHOICE, "hold_reason"),
                of(CHOICE, "notify"),
                reference("parent_incident", "incident"),
                of(INTEGER, "child_incidents").asReadOnly(),
                reference("problem_id", "problem"),
                reference("rfc", "change_request"),
                reference("caused_by", "change_request"),
                of(DATE_TIME, "resolved_at"),
                reference("resolved_by", "sys_user"),
                of(CHOICE, "close_code"),
                of(INTEGER, "reopen_count"),
                of(CHOICE, "major_incident_state"),
                string("u_genesys_conversation_id", 100),
                of(INTEGER, "u_calls_noted")));
        return columns;
    }
}
