package io.incidentbridge.sandbox.servicenow;

import io.incidentbridge.sandbox.StrictJson;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * How this instance differs from one out of the box, as real ones do by their rules and rights.
 *
 * @param chosenSysIds    {@code accept}; {@code ignore}, as without the right to write sys_id; {@code refuse}
 * @param mandatory       a column of {@code incident} that no new one may lack, "" for none
 * @param journalReadable whether {@code sys_journal_field} shows its entries, or 200 and an empty list, 404 by sys_id
 */
record InstanceRules(String chosenSysIds, String mandatory, boolean journalReadable) {

    static final InstanceRules DEFAULT = new InstanceRules("accept", "", true);

    static InstanceRules parse(StrictJson json) {
        return new InstanceRules(
                json.text("chosenSysIds", DEFAULT.chosenSysIds),
                json.text("mandatory", DEFAULT.mandatory),
                json.flag("journalReadable", DEFAULT.journalReadable));
    }

    static Set<String> names() {
        return Set.of("chosenSysIds", "mandatory", "journalReadable");
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("chosenSysIds", chosenSysIds)
                .put("mandatory", mandatory)
                .put("journalReadable", journalReadable);
    }

    /** What becomes of the sys_id that a client sends with a new record. */
    String chosen(String sysId) {
        if (chosenSysIds.equals("refuse") && !sysId.isEmpty()) {
            throw ApiException.operationFailed("ACL Exception Insert Failed due to security constraints");
        }
        return chosenSysIds.equals("ignore") ? "" : sysId;
    }

    void checkNew(Draft incident) {
        if (!mandatory.isEmpty()
                && (!incident.has(mandatory) || incident.get(mandatory).isEmpty())) {
            throw ApiException.operationFailed(
                    "Data Policy Exception: The following fields are mandatory: " + mandatory);
        }
    }

    boolean hides(TableSchema table, Account reader) {
        return !journalReadable
                && table.name().equals("sys_journal_field")
                && !reader.userName().equals(Accounts.OBSERVER);
    }
}
