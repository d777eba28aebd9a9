package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedTest {

    private static final Clock CLOCK = Clock.fixed(SimulatedInstance.START, ZoneOffset.UTC);

    private final Store store = plant();

    private static Store plant() {
        Store store = new Store(Schemas.all(Map.of()));
        new Seed(store, new RecordWriter(store, CLOCK), CLOCK).plant();
        return store;
    }

    private List<Row> rows(String table) {
        return store.scan(store.schema(table).orElseThrow(), row -> true);
    }

    private static String e164(String spelling) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return numbers.format(numbers.parse(spelling, "US"), PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            return "";
        }
    }

    private static Map<String, List<String>> usersByNumber(List<Row> users, boolean activeOnly) {
        Map<String, List<String>> byNumber = new HashMap<>();
        for (Row user : users) {
            if (activeOnly && user.get("active").equals("false")) {
                continue;
            }
            for (String column : List.of("phone", "mobile_phone", "home_phone")) {
                if (!user.get(column).isEmpty()) {
                    byNumber.computeIfAbsent(e164(user.get(column)), number -> new ArrayList<>())
                            .add(user.get("user_name"));
                }
            }
        }
        return byNumber;
    }

    @Test
    void shouldBeOfASizeToLookAround() {
        assertThat(rows("sys_user")).hasSizeBetween(400, 1000);
        assertThat(rows("incident")).hasSizeBetween(300, 900);
        assertThat(rows("sys_user").stream().filter(user -> user.get("active").equals("false")))
                .hasSizeBetween(3, 40);
    }

    @Test
    void shouldBeTheSameEveryTime() {
        List<Map<String, String>> again = plant().scan(store.schema("incident").orElseThrow(), row -> true).stream()
                .map(Row::toMap)
                .toList();

        assertThat(rows("incident").stream().map(Row::toMap)).isEqualTo(again);
    }

    @Test
    void shouldShareTheDocumentedNumbersOnly() {
        Map<String, List<String>> byNumber = usersByNumber(rows("sys_user"), true);

        assertThat(byNumber).containsEntry("+14155550123", List.of("abel.tuter"));
        assertThat(byNumber).containsEntry("+14155550150", List.of("sam.sorokin", "sara.sorokin"));
        assertThat(byNumber).containsEntry("+14155550170", List.of("nora.successor"));
        assertThat(byNumber).doesNotContainKey("+14155550180");
        byNumber.remove("");
        byNumber.keySet().removeAll(List.of("+14155550150", "+14155550160"));
        assertThat(byNumber.values()).allMatch(users -> users.size() == 1);
    }

    @Test
    void shouldKeepClearOfTheNumbersOfUnknownCallers() {
        List<Row> users = rows("sys_user");
        for (int i = 0; i < 20_000; i++) {
            users.add(GeneratedUsers.user(store.schema("sys_user").orElseThrow(), i, "2026-01-01 00:00:00"));
        }

        Map<String, List<String>> byNumber = usersByNumber(users, false);

        assertThat(byNumber.keySet()).noneMatch(number -> number.matches("\\+141555507\\d\\d|\\+14152\\d{6}"));
        assertThat(byNumber).hasSizeGreaterThan(20_400);
    }

    @Test
    void shouldGiveEveryCompleteNumberAsOneThatCanBeDialled() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

        assertThat(rows("sys_user"))
                .filteredOn(user -> !List.of("bad.phone", "internal.only").contains(user.get("user_name")))
                .allSatisfy(user -> {
                    for (String column : List.of("phone", "mobile_phone", "home_phone")) {
                        if (!user.get(column).isEmpty()) {
                            assertThat(numbers.isPossibleNumber(numbers.parse(user.get(column), "US")))
                                    .as(user.get(column))
                                    .isTrue();
                        }
                    }
                });
    }

    @Test
    void shouldGiveTheHeroFourOpenIncidentsUpdatedAtDifferentTimes() {
        List<String> updated = rows("incident").stream()
                .filter(row -> row.get("caller_id").equals(SimulatedInstance.ABEL))
                .filter(row -> row.get("active").equals("true"))
                .map(row -> row.get("sys_updated_on"))
                .toList();

        assertThat(updated).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void shouldOnlyHaveTimesInTheRightOrder() {
        String now = GlideDateTime.format(SimulatedInstance.START);

        assertThat(rows("incident"))
                .allMatch(row -> row.get("opened_at").compareTo(row.get("sys_updated_on")) < 0
                        && row.get("sys_updated_on").compareTo(now) <= 0);
    }
}
