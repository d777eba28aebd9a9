package io.incidentbridge.sandbox.servicenow;

/** What the base system makes of a user record. */
final class UserRules {

    private UserRules() {}

    static void apply(Draft draft) {
        draft.setIfEmpty("active", "true");
        draft.setIfEmpty("vip", "false");
        draft.setIfEmpty("locked_out", "false");
        draft.setIfEmpty("web_service_access_only", "false");
        if (draft.changes("first_name") || draft.changes("last_name")) {
            draft.set("name", (draft.get("first_name") + " " + draft.get("last_name")).strip());
        }
    }
}
