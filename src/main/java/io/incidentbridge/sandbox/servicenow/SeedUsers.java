package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The people of the seed data. Those named here are referred to by documentation and tests. All North American
 * numbers are of the range 555-0100 to 555-0199, which is set aside for fiction; none of the seed lies within
 * 415-555-0700 to 0799 or 415-200-0000 to 415-299-9999, which stay unknown callers.
 */
final class SeedUsers {

    private static final int COUNT = 420;
    private static final List<Integer> AREAS = List.of(206, 212, 213, 303, 305, 312, 408, 510, 512, 617, 628, 650);

    private final Random random = new Random(20_240_601);
    private final List<SeedUser> users = new ArrayList<>();
    private final Set<String> userNames = new HashSet<>();
    private int nextNumber;

    List<SeedUser> all() {
        addNamed();
        addForeign();
        while (users.size() < COUNT) {
            addAnyone();
        }
        return users;
    }

    private void addNamed() {
        add("abel.tuter", "Abel", "Tuter").phone("(415) 555-0123").with("title", "Account Executive");
        add("beth.anglin", "Beth", "Anglin")
                .phone("415.555.0134")
                .mobile("(415) 555-0135")
                .vip();
        add("carol.coughlin", "Carol", "Coughlin").phone("415 555 0145");
        add("charlie.whitherspoon", "Charlie", "Whitherspoon").mobile("+14155550156");
        add("david.loo", "David", "Loo").phone("+1 415-555-0167");
        add("don.goodliffe", "Don", "Goodliffe").home("1-415-555-0178");
        add("fred.luddy", "Fred", "Luddy").phone("4155550189").vip();
        add("joe.employee", "Joe", "Employee").phone("+1 (415) 555 0190 x45");
        add("lukasz.wojcik", "Łukasz", "Wójcik").phone("tel:+1-415-555-0191");
        add("zoe.lindqvist", "Zoë", "Lindqvist").phone("415\u00a0555\u00a00192");
        add("jose.nunez", "José", "Núñez").mobile("415/555-0193");
        add("anna.orsted", "Anna", "Ørsted").phone("415-555-0194").home("(212) 555-0195");
        // One number, two or three people: the bridge must ask, not guess.
        add("sam.sorokin", "Sam", "Sorokin").phone("+1 415-555-0150");
        add("sara.sorokin", "Sara", "Sorokin").mobile("(415) 555-0150");
        add("front.desk.one", "Rita", "Desk").phone("(415) 555-0160");
        add("front.desk.two", "Tom", "Desk").phone("415.555.0160");
        add("front.desk.three", "Uma", "Desk").home("4155550160");
        // Someone left and the number was given to a successor; and someone left for good.
        add("nora.successor", "Nora", "Successor").phone("+1 415 555 0170");
        add("paul.predecessor", "Paul", "Predecessor").phone("(415) 555-0170").inactive();
        add("gone.forever", "Glen", "Former").phone("(415) 555-0180").inactive();
        // Nothing to be found by but the employee number.
        add("no.phone", "Nina", "Quiet");
        add("bad.phone", "Bob", "Garbled").phone("call reception");
        add("internal.only", "Ines", "Short").phone("x4711");
    }

    private void addForeign() {
        add("taro.yamada", "太郎", "山田")
                .with("name", "山田 太郎")
                .phone("+81 3-1234-5678")
                .with("country", "JP");
        add("amelia.hart", "Amelia", "Hart").phone("+44 (0)20 7946 0018").with("country", "GB");
        add("oliver.reed", "Oliver", "Reed").mobile("+44 7700 900123").with("country", "GB");
        add("jurgen.grosse", "Jürgen", "Große").phone("+49 89 1234567-0").with("country", "DE");
        add("heike.braun", "Heike", "Braun").phone("+49 (0) 30 / 901820-15").with("country", "DE");
        add("chloe.dubois", "Chloé", "Dubois").phone("+33 1 99 00 12 34").with("country", "FR");
        add("luc.moreau", "Luc", "Moreau").mobile("+33 (0)6 39 98 12 34").with("country", "FR");
        add("isla.taylor", "Isla", "Taylor").mobile("+61 491 570 156").with("country", "AU");
        add("priya.iyer", "Priya", "Iyer").mobile("+91 98765 43210").with("country", "IN");
        add("soren.orsted", "Søren", "Ørsted").phone("+45 32 12 34 56").with("country", "DK");
    }

    private void addAnyone() {
        String first = SeedNames.pick(SeedNames.FIRST, random);
        String last = SeedNames.pick(SeedNames.LAST, random);
        String userName = SeedNames.ascii(first) + "." + SeedNames.ascii(last);
        SeedUser user = add(userNames.contains(userName) ? userName + users.size() : userName, first, last);
        int kind = random.nextInt(10);
        if (kind < 8) {
            user.phone(newNumber());
        }
        if (kind > 4) {
            user.mobile(newNumber());
        }
        if (kind == 9) {
            user.home(newNumber());
        }
        if (random.nextInt(20) == 0) {
            user.vip();
        }
        if (random.nextInt(33) == 0) {
            user.inactive();
        }
    }

    private SeedUser add(String userName, String firstName, String lastName) {
        userNames.add(userName);
        SeedUser user = new SeedUser(userName, firstName, lastName, 100_001 + users.size())
                .with("department", Seed.departmentId(SeedNames.pick(SeedNames.DEPARTMENTS, random)))
                .with("location", Seed.locationId(SeedNames.pick(SeedNames.LOCATIONS, random)))
                .with("title", SeedNames.pick(SeedNames.TITLES, random));
        users.add(user);
        return user;
    }

    /** Each number once; the area 415 is left to the people above. */
    private String newNumber() {
        int area = AREAS.get(nextNumber % AREAS.size());
        int line = 100 + nextNumber / AREAS.size() % 100;
        nextNumber++;
        // 212-555-0195 is somebody's above.
        if (area == 212 && line == 195) {
            return newNumber();
        }
        return PhoneSpelling.any(random).of(PhoneSpelling.Number.of(area, 555, line));
    }
}
