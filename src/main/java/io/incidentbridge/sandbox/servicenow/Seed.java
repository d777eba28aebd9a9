package io.incidentbridge.sandbox.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Fills an empty store with believable data, the same every time but for the times, which are relative to now. */
final class Seed {

    static final String COMPANY = SysIds.of("company Acme");
    static final List<String> GROUPS = List.of("Service Desk", "Network", "Hardware", "Software", "Database");

    private static final List<String> SERVICES = List.of("E-mail", "VPN", "HR Portal", "Order System", "Telephony");

    private final Store store;
    private final RecordWriter writer;
    private final Clock clock;

    Seed(Store store, RecordWriter writer, Clock clock) {
        this.store = store;
        this.writer = writer;
        this.clock = clock;
    }

    static String departmentId(String name) {
        return SysIds.of("department " + name);
    }

    static String locationId(String name) {
        return SysIds.of("location " + name);
    }

    static String groupId(String name) {
        return SysIds.of("group " + name);
    }

    /** Nobody sees the store empty or half full. */
    void plant() {
        store.write(() -> {
            store.clear();
            addNamed("core_company", COMPANY, "Acme");
            SeedNames.DEPARTMENTS.forEach(name -> addNamed("cmn_department", departmentId(name), name));
            SeedNames.LOCATIONS.forEach(name -> addNamed("cmn_location", locationId(name), name));
            GROUPS.forEach(name -> addNamed("sys_user_group", groupId(name), name));
            SERVICES.forEach(name -> addNamed("cmdb_ci", SysIds.of("ci " + name), name));
            Accounts.ALL.forEach(this::addAccount);
            List<SeedUser> users = new SeedUsers().all();
            users.forEach(user -> add("sys_user", user.values()));
            new SeedIncidents(store, writer, clock.instant()).addFor(users);
            return null;
        });
    }

    private void addAccount(Account account) {
        add(
                "sys_user",
                new SeedUser(account.userName(), "Integration", account.userName(), 0)
                        .with("sys_id", account.sysId())
                        .with("employee_number", "")
                        .with("web_service_access_only", "true")
                        .values());
    }

    private void addNamed(String table, String sysId, String name) {
        add(table, Map.of("sys_id", sysId, "name", name, "active", "true"));
    }

    static String createdOn(Clock clock) {
        return GlideDateTime.format(clock.instant().minus(Duration.ofDays(400)));
    }

    private void add(String table, Map<String, String> values) {
        Row row = Row.of(store.schema(table).orElseThrow(), values);
        store.insert(row.seeded(createdOn(clock)));
    }
}
