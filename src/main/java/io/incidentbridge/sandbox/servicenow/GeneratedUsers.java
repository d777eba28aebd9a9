package io.incidentbridge.sandbox.servicenow;

import java.util.List;
import java.util.Random;

/** Users by the hundred thousand, for tests of size. Their numbers are unique and meet none of the seed's. */
final class GeneratedUsers {

    private static final List<Integer> AREAS = List.of(206, 212, 213, 303, 305, 312, 408, 510, 512, 617, 628, 650);
    private static final int FIRST_EXCHANGE = 600;
    /** How many users have numbers of their own. */
    static final int MAXIMUM = 1_000_000;

    private GeneratedUsers() {}

    /** @param index the first of which is 0; the same index gives the same user */
    static Row user(TableSchema schema, int index, String createdOn) {
        Random random = new Random(index);
        String first = SeedNames.FIRST.get(random.nextInt(SeedNames.FIRST.size()));
        String last = SeedNames.LAST.get(random.nextInt(SeedNames.LAST.size()));
        SeedUser user = new SeedUser("user" + index, first, last, 1_000_000 + index);
        String number = PhoneSpelling.any(random).of(number(index));
        if (index % 3 == 0) {
            user.mobile(number);
        } else {
            user.phone(number);
        }
        return Row.of(schema, user.values()).seeded(createdOn);
    }

    /** The exchange 555 is the seed's; with 12 areas a million users reach up to exchange 608. */
    private static PhoneSpelling.Number number(int index) {
        int area = AREAS.get(index % AREAS.size());
        int rest = index / AREAS.size();
        int exchange = FIRST_EXCHANGE + rest / 10_000;
        return PhoneSpelling.Number.of(area, exchange, rest % 10_000);
    }
}
