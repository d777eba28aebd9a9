package io.incidentbridge.sandbox.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Incidents of the last weeks, their times relative to now: some users have none, some one, some many open ones.
 * Most calls were logged by hand and carry no conversation id, as before a bridge was installed.
 */
final class SeedIncidents {

    /** Open incidents by the user's place in the list of users; Abel Tuter, the first, has four. */
    private static final int[] OPEN = {4, 1, 0, 3, 5, 0, 1, 2, 1, 0, 6, 1, 2, 1, 1, 0, 0, 2, 0, 0, 1};

    private static final List<String> CLOSE_CODES =
            List.of("Solution provided", "Resolved by caller", "Workaround provided", "Duplicate", "User error");

    private final Random random = new Random(7_091);
    private final Store store;
    private final RecordWriter writer;
    private final Instant now;
    private int count;

    SeedIncidents(Store store, RecordWriter writer, Instant now) {
        this.store = store;
        this.writer = writer;
        this.now = now;
    }

    void addFor(List<SeedUser> users) {
        List<SeedUser> callers = users.stream().filter(SeedUser::isActive).toList();
        for (int i = 0; i < callers.size(); i++) {
            int open = i < OPEN.length ? OPEN[i] : new int[] {0, 0, 1, 0, 2, 0, 1, 0}[i % 8];
            for (int n = 0; n < open; n++) {
                // The first user's incidents are in the documentation's pictures: one of each English topic.
                SeedTopics.Topic topic = i == 0 ? SeedTopics.ENGLISH.get(n) : anyTopic();
                add(callers.get(i), List.of("1", "2", "3").get((i + n) % 3), topic);
            }
            if (i % 3 == 0) {
                // Resolved ones are still active; the people named in SeedUsers have no such borderline case.
                add(callers.get(i), i < OPEN.length || random.nextBoolean() ? "7" : "6", anyTopic());
            }
            if (i % 40 == 7) {
                add(callers.get(i), "8", anyTopic());
            }
        }
    }

    private SeedTopics.Topic anyTopic() {
        return SeedTopics.ALL.get(random.nextInt(SeedTopics.ALL.size()));
    }

    private void add(SeedUser caller, String state, SeedTopics.Topic topic) {
        Instant opened = now.minus(Duration.ofMinutes(30 + random.nextInt(60 * 24 * 45)));
        Instant updated = opened.plusSeconds(
                60 + random.nextInt((int) Duration.between(opened, now).toSeconds() - 60));
        boolean byPhone = random.nextInt(10) < 6;
        boolean automated = byPhone && random.nextInt(3) == 0;
        String author = automated ? "sandbox" : "beth.anglin";
        String number = store.nextNumber("INC");
        Map<String, String> values = new LinkedHashMap<>(defaults());
        values.put("sys_id", SysIds.of("incident " + number));
        values.put("number", number);
        values.put("task_effective_number", number);
        values.put("caller_id", caller.sysId());
        values.put("opened_by", SysIds.of("user beth.anglin"));
        values.put("opened_at", GlideDateTime.format(opened));
        values.put("sys_created_on", GlideDateTime.format(opened));
        values.put("sys_created_by", author);
        values.put("sys_updated_on", GlideDateTime.format(updated));
        values.put("sys_updated_by", author);
        values.put("sys_mod_count", String.valueOf(1 + random.nextInt(9)));
        values.put("category", topic.category());
        values.put("short_description", topic.shortDescription());
        values.put("description", topic.description());
        values.put(
                "contact_type",
                byPhone ? "phone" : List.of("email", "self-service", "walk-in").get(count % 3));
        values.put("state", state);
        values.put("incident_state", state);
        values.put("active", String.valueOf(!List.of("7", "8").contains(state)));
        values.put("assignment_group", Seed.groupId(Seed.GROUPS.get(random.nextInt(Seed.GROUPS.size()))));
        setPriority(values);
        setOutcome(values, state, GlideDateTime.format(updated));
        if (automated) {
            setConversation(values);
        }
        Row row = Row.of(store.schema("incident").orElseThrow(), values);
        store.insert(row);
        if (count++ % 4 == 0) {
            writer.appendJournal(row, "work_notes", "Called back, no answer. Will try again.", author, updated);
        }
    }

    private void setConversation(Map<String, String> values) {
        String conversation = new UUID(random.nextLong(), random.nextLong()).toString();
        values.put("u_genesys_conversation_id", conversation);
        values.put("correlation_id", conversation);
        values.put("correlation_display", "Genesys Cloud");
    }

    private void setOutcome(Map<String, String> values, String state, String at) {
        if (state.equals("3")) {
            values.put("hold_reason", "4");
        }
        if (List.of("6", "7").contains(state)) {
            values.put("close_code", CLOSE_CODES.get(random.nextInt(CLOSE_CODES.size())));
            values.put("close_notes", "Done, confirmed with the caller.");
            values.put("resolved_at", at);
            values.put("resolved_by", SysIds.of("user beth.anglin"));
        }
        if (List.of("7", "8").contains(state)) {
            values.put("closed_at", at);
            values.put("closed_by", SysIds.of("user beth.anglin"));
        }
    }

    private void setPriority(Map<String, String> values) {
        String impact = random.nextInt(12) == 0 ? "1" : String.valueOf(2 + random.nextInt(2));
        String urgency = random.nextInt(8) == 0 ? "1" : String.valueOf(2 + random.nextInt(2));
        values.put("impact", impact);
        values.put("urgency", urgency);
        values.put("priority", TaskRules.priority(impact, urgency));
    }

    private static Map<String, String> defaults() {
        List<String> pairs = new ArrayList<>(List.of(
                "sys_class_name=incident",
                "sys_domain=global",
                "sys_domain_path=/",
                "severity=3",
                "notify=1",
                "escalation=0",
                "made_sla=true",
                "knowledge=false",
                "approval=not requested",
                "upon_reject=cancel",
                "upon_approval=proceed",
                "reassignment_count=0",
                "reopen_count=0",
                "child_incidents=0"));
        Map<String, String> values = new LinkedHashMap<>();
        pairs.forEach(pair -> values.put(pair.split("=")[0], pair.split("=")[1]));
        return values;
    }
}
