package io.incidentbridge.sandbox.servicenow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the base system's business rules and data policies make of a task, above all of an incident. Priority is
 * looked up from impact and urgency (def-prio-lookup-rules.md of the product documentation) and cannot be set.
 */
final class TaskRules {

    /** A stand-in for a customer's own rule: incidents of this category are refused. */
    static final String REFUSED_CATEGORY = "refused";

    private static final String NEW = "1";
    private static final String ON_HOLD = "3";
    private static final String RESOLVED = "6";
    private static final Set<String> FINISHED = Set.of(RESOLVED, "7");
    private static final Set<String> INACTIVE = Set.of("7", "8");
    private static final Set<String> OPEN = Set.of(NEW, "2", ON_HOLD);

    private final Store store;

    TaskRules(Store store) {
        this.store = store;
    }

    /** @throws ApiException if a rule refuses the change */
    void apply(Draft draft, Account account, Instant now) {
        if (draft.isInsert()) {
            applyDefaults(draft, account, now);
        }
        if (draft.table().equals("incident")) {
            alignStates(draft);
            if (draft.isInsert()) {
                store.rules().checkNew(draft);
            }
            refuse(draft);
            stampOutcome(draft, account, now);
        }
        draft.set("priority", priority(draft.get("impact"), draft.get("urgency")));
        draft.set("task_effective_number", draft.get("number"));
        if (draft.isInsert() || draft.changes("state")) {
            draft.set("active", String.valueOf(!INACTIVE.contains(draft.get("state"))));
        }
        countReassignment(draft);
    }

    private void applyDefaults(Draft draft, Account account, Instant now) {
        String prefix =
                store.schema(draft.table()).flatMap(TableSchema::numberPrefix).orElseThrow();
        if (draft.get("number").isEmpty()) {
            draft.set("number", store.nextNumber(prefix));
        }
        // The values of the documentation's sample of a created incident.
        draft.setIfEmpty("impact", "3");
        draft.setIfEmpty("urgency", "3");
        draft.setIfEmpty("opened_at", GlideDateTime.format(now));
        draft.setIfEmpty("opened_by", account.sysId());
        draft.setIfEmpty("contact_type", "phone");
        draft.setIfEmpty("escalation", "0");
        draft.setIfEmpty("made_sla", "true");
        draft.setIfEmpty("knowledge", "false");
        draft.setIfEmpty("approval", "not requested");
        draft.setIfEmpty("upon_approval", "proceed");
        draft.setIfEmpty("upon_reject", "cancel");
        draft.setIfEmpty("reassignment_count", "0");
        draft.setIfEmpty("category", "inquiry");
        draft.setIfEmpty("severity", "3");
        draft.setIfEmpty("notify", "1");
        draft.setIfEmpty("child_incidents", "0");
        draft.setIfEmpty("reopen_count", "0");
        if (!draft.table().equals("incident")) {
            draft.setIfEmpty("state", NEW);
        }
    }

    /** {@code incident_state} is the old name of {@code state}; whichever was written decides. */
    private static void alignStates(Draft draft) {
        if (draft.changes("state") || !draft.changes("incident_state")) {
            draft.setIfEmpty("state", NEW);
            draft.set("incident_state", draft.get("state"));
        } else {
            draft.set("state", draft.get("incident_state"));
        }
    }

    private static void refuse(Draft draft) {
        if (draft.get("category").equals(REFUSED_CATEGORY)) {
            throw ApiException.operationFailed("Operation against file 'incident' was aborted by Business Rule"
                    + " 'Refuse category^8d2f1a6bc0a8016400f5d2c3a1b4e790'. Business Rule Stack:Refuse category");
        }
        List<String> missing = new ArrayList<>();
        if (FINISHED.contains(draft.get("state"))) {
            if (draft.get("close_code").isEmpty()) {
                missing.add("Resolution code");
            }
            if (draft.get("close_notes").isEmpty()) {
                missing.add("Resolution notes");
            }
        }
        boolean newlyAwaitingCaller = draft.get("state").equals(ON_HOLD)
                && draft.get("hold_reason").equals("1")
                && (draft.changes("state") || draft.changes("hold_reason"));
        if (newlyAwaitingCaller && !draft.journal().containsKey("comments")) {
            missing.add("Additional comments");
        }
        if (!missing.isEmpty()) {
            throw ApiException.operationFailed(
                    "Data Policy Exception: The following fields are mandatory: " + String.join(", ", missing));
        }
    }

    private static void stampOutcome(Draft draft, Account account, Instant now) {
        String state = draft.get("state");
        if (!draft.changes("state")) {
            return;
        }
        if (FINISHED.contains(state)) {
            draft.setIfEmpty("resolved_at", GlideDateTime.format(now));
            draft.setIfEmpty("resolved_by", account.sysId());
        }
        if (INACTIVE.contains(state)) {
            draft.setIfEmpty("closed_at", GlideDateTime.format(now));
            draft.setIfEmpty("closed_by", account.sysId());
        }
        if (OPEN.contains(state) && !draft.get("resolved_at").isEmpty()) {
            draft.set("reopen_count", String.valueOf(Long.parseLong(draft.get("reopen_count")) + 1));
            List.of("resolved_at", "resolved_by", "closed_at", "closed_by").forEach(column -> draft.set(column, ""));
        }
    }

    private static void countReassignment(Draft draft) {
        if (!draft.isInsert() && (draft.changes("assigned_to") || draft.changes("assignment_group"))) {
            draft.set("reassignment_count", String.valueOf(Long.parseLong(draft.get("reassignment_count")) + 1));
        }
    }

    static String priority(String impact, String urgency) {
        try {
            int sum = Integer.parseInt(impact) + Integer.parseInt(urgency);
            return String.valueOf(Math.max(1, Math.min(5, sum - 1)));
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
