package io.incidentbridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/** A user of the seed data, put together column by column. */
final class SeedUser {

    private final Map<String, String> values = new LinkedHashMap<>();

    SeedUser(String userName, String firstName, String lastName, int employeeNumber) {
        with("sys_id", SysIds.of("user " + userName));
        with("user_name", userName);
        with("first_name", firstName);
        with("last_name", lastName);
        with("name", firstName + " " + lastName);
        with("email", userName + "@example.com");
        with("employee_number", "E" + employeeNumber);
        with("active", "true");
        with("vip", "false");
        with("locked_out", "false");
        with("web_service_access_only", "false");
        with("time_zone", "US/Pacific");
        with("company", Seed.COMPANY);
        with("country", "US");
    }

    SeedUser with(String column, String value) {
        values.put(column, value);
        return this;
    }

    SeedUser phone(String number) {
        return with("phone", number);
    }

    SeedUser mobile(String number) {
        return with("mobile_phone", number);
    }

    SeedUser home(String number) {
        return with("home_phone", number);
    }

    SeedUser vip() {
        return with("vip", "true");
    }

    SeedUser inactive() {
        return with("active", "false");
    }

    String sysId() {
        return values.get("sys_id");
    }

    boolean isActive() {
        return values.get("active").equals("true");
    }

    Map<String, String> values() {
        return values;
    }
}
