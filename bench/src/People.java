import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Callers, each with an open incident, whom a query to ServiceNow tells apart: by the last four digits of their numbers, which
 * no seeded user has, or by their key. While nobody is asked about twice at once, a trip to ServiceNow belongs to one request.
 */
final class People {

    private static final int COUNT = 400;
    private static final int FIRST = 2_000;
    private static final Pattern TAIL = Pattern.compile("LIKE(\\d{4})(?!\\d)");
    private static final Pattern CALLER = Pattern.compile("caller_id=([0-9a-f]{32})");

    /**
     * One of them.
     *
     * @param index    0 for the first
     * @param incident path and query of the search for the open incidents, from {@code /api} on
     */
    record Person(int index, String ani, String sysId, String incidents) {}

    private final List<Person> all = new ArrayList<>();
    private final Map<String, Person> bySysId = new HashMap<>();

    /** Adds them to the simulated ServiceNow, or finds those that it has already. */
    People(Vendors vendors) {
        JsonArray present = vendors.records("sys_user", "user_nameSTARTSWITHbench.^ORDERBYuser_name");
        for (int index = 0; index < COUNT; index++) {
            String ani = "+1628777" + (FIRST + index);
            String sysId = present.size() == COUNT
                    ? present.getJsonObject(index).getString("sys_id")
                    : create(vendors, index, ani);
            Person person = new Person(index, ani, sysId, incidents(sysId));
            all.add(person);
            bySysId.put(sysId, person);
        }
    }

    private static String create(Vendors vendors, int index, String ani) {
        String sysId = vendors.create(
                        "sys_user",
                        new JsonObject()
                                .put("user_name", "bench." + (FIRST + index))
                                .put("first_name", "Bench")
                                .put("last_name", "Caller " + index)
                                .put("phone", ani))
                .getString("sys_id");
        vendors.create(
                "incident",
                new JsonObject().put("caller_id", sysId).put("short_description", "Mail of caller " + index));
        return sysId;
    }

    /** As the bridge asks. */
    private static String incidents(String sysId) {
        String query = "caller_id=" + sysId + "^active=true^stateIN1,2,3^ORDERBYDESCsys_updated_on";
        return "/api/now/table/incident?sysparm_query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&sysparm_fields=sys_id,number,short_description,state,priority,sys_updated_on,caller_id,active"
                + "&sysparm_limit=3&sysparm_display_value=false&sysparm_exclude_reference_link=true"
                + "&sysparm_no_count=true&sysparm_suppress_pagination_header=true";
    }

    List<Person> all() {
        return all;
    }

    int count() {
        return COUNT;
    }

    /** Each in turn: after {@link #count} turns the same again. */
    Person at(int turn) {
        return all.get(turn % COUNT);
    }

    /** Whom a request to ServiceNow is about; -1 for none of them. */
    int about(String uri) {
        String query = URLDecoder.decode(uri, StandardCharsets.UTF_8);
        Matcher caller = CALLER.matcher(query);
        if (caller.find()) {
            Person person = bySysId.get(caller.group(1));
            return person == null ? -1 : person.index();
        }
        Matcher tail = TAIL.matcher(query);
        int index = tail.find() ? Integer.parseInt(tail.group(1)) - FIRST : -1;
        return index < COUNT ? index : -1;
    }
}
