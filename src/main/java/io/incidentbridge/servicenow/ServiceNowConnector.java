package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.OpenIncident;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.ServiceNowTables.Change;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ServiceNow in the flows' words. Because ServiceNow drops query terms it does not understand, every row is compared with
 * what was asked for, and one that does not fit is left out and counted.
 */
@ApplicationScoped
public class ServiceNowConnector {

    public static final String VENDOR = "servicenow";

    private static final String USERS = "sys_user";
    private static final String INCIDENTS = "incident";
    private static final Pattern NO_DIGIT = Pattern.compile("\\D");
    private static final int COMPARED_DIGITS = 5;
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final List<String> INCIDENT_FIELDS = List.of(
            "sys_id", "number", "short_description", "state", "priority", "sys_updated_on", "caller_id", "active");

    /** Raw value of a major incident that was accepted as one. */
    private static final String MAJOR = "accepted";

    private static final List<String> MAJOR_FIELDS = List.of(
            "sys_id", "number", "short_description", "category", "active", "major_incident_state", "sys_updated_on");
    private static final int MOST_MAJOR = 100;

    /** Several spellings lead to more rows than callers: this many are read before a search counts as too wide. */
    private static final int MOST_CANDIDATES = 5000;

    /** Longest wait for room in the budget: well within the timeout of a read, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofMillis(1200);

    private final ServiceNowTables tables;
    private final ServiceNowConfig config;
    private final RecordLinks links;
    private final BridgeMetrics metrics;
    private final List<String> userFields;
    private final PhoneSpellings spellings;

    ServiceNowConnector(ServiceNowTables tables, ServiceNowConfig config, RecordLinks links, BridgeMetrics metrics) {
        this.tables = tables;
        this.config = config;
        this.links = links;
        this.metrics = metrics;
        this.spellings = new PhoneSpellings(config.phoneFields());
        this.userFields =
                new ArrayList<>(List.of("sys_id", "user_name", "name", "vip", "active", config.employeeIdField()));
        userFields.addAll(config.phoneFields());
        config.enrolFields().stream()
                .filter(field -> !userFields.contains(field))
                .forEach(userFields::add);
    }

    /**
     * The active users with a number field for which {@code isSameNumber} holds, by one query.
     *
     * @param e164 with {@code +}
     */
    public Uni<List<ServiceDeskUser>> usersByPhone(String e164, Predicate<String> isSameNumber) {
        return usersByPhone(e164, isSameNumber, room());
    }

    /** As above, for whoever is not on the phone. */
    public Uni<List<ServiceDeskUser>> usersByPhone(String e164, Predicate<String> isSameNumber, BudgetRequest budget) {
        EncodedQuery query = EncodedQuery.all().is("active", "true").anyOf(spellings.terms(e164));
        return tables.list(budget.atMost(ROOM), USERS, query, userFields, MOST_CANDIDATES)
                .map(rows -> complete(rows).stream()
                        .filter(row -> isActive(row) && hasNumber(row, e164, isSameNumber))
                        .map(this::user)
                        .toList())
                .onFailure()
                .transform(ServiceNowConnector::failure);
    }

    /** The active users with this employee id; empty also for an id that cannot be searched for. */
    public Uni<List<ServiceDeskUser>> usersByEmployeeId(String employeeId) {
        return usersByEmployeeId(employeeId, room());
    }

    /** As above, for whoever is not on the phone. */
    public Uni<List<ServiceDeskUser>> usersByEmployeeId(String employeeId, BudgetRequest budget) {
        String field = config.employeeIdField();
        // ServiceNow compares with case, callers do not speak it.
        List<String> spellings = Stream.of(
                        employeeId, employeeId.toUpperCase(Locale.ROOT), employeeId.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        return usersBy(budget, field, spellings, row -> row.text(field).equalsIgnoreCase(employeeId));
    }

    /** The active user with this key; empty also when it is none. */
    public Uni<List<ServiceDeskUser>> usersBySysId(String sysId) {
        return SYS_ID.matcher(sysId).matches()
                ? usersBy(room(), "sys_id", List.of(sysId.toLowerCase(Locale.ROOT)), row -> row.text("sys_id")
                        .equalsIgnoreCase(sysId))
                : Uni.createFrom().item(List.of());
    }

    /** The user's open incidents, most recently updated first. */
    public Uni<List<OpenIncident>> openIncidents(String userSysId, int most) {
        EncodedQuery query = EncodedQuery.all()
                .is("caller_id", userSysId)
                .is("active", "true")
                .in("state", config.openStates())
                .newestFirst("sys_updated_on");
        return tables.list(room(), INCIDENTS, query, INCIDENT_FIELDS, most)
                .map(rows -> asked(rows, INCIDENTS, row -> isOpenIncidentOf(userSysId, row)).stream()
                        .map(this::incident)
                        .sorted(Comparator.comparing(OpenIncident::updatedAt).reversed())
                        .limit(most)
                        .toList())
                .onFailure()
                .transform(ServiceNowConnector::failure);
    }

    /** The active major incidents, most recently updated first; a hundred at the most. */
    public Uni<List<MajorIncident>> activeMajorIncidents(BudgetRequest budget) {
        EncodedQuery query = EncodedQuery.all()
                .is("active", "true")
                .is("major_incident_state", MAJOR)
                .newestFirst("sys_updated_on");
        return tables.list(budget.atMost(ROOM), INCIDENTS, query, MAJOR_FIELDS, MOST_MAJOR)
                .map(
                        rows -> asked(
                                        rows,
                                        INCIDENTS,
                                        row -> isActive(row)
                                                && row.text("major_incident_state")
                                                        .equals(MAJOR))
                                .stream()
                                .map(this::majorIncident)
                                .toList())
                .onFailure()
                .transform(ServiceNowConnector::failure);
    }

    private MajorIncident majorIncident(Row row) {
        String sysId = row.text("sys_id");
        return new MajorIncident(
                sysId,
                row.text("number"),
                row.text("short_description"),
                row.text("category"),
                links.to(INCIDENTS, sysId));
    }

    /** Writes a number into a user's field and answers the user as stored. */
    public Uni<ServiceDeskUser> setPhone(String userSysId, String field, String e164) {
        return tables.write(room(), new Change(USERS, userSysId, Map.of(field, e164), userFields))
                .map(this::user)
                .onFailure()
                .transform(ServiceNowConnector::failure);
    }

    /** Columns an enrolled number may be written to, first choice first. */
    public List<String> enrolFields() {
        return config.enrolFields();
    }

    private Uni<List<ServiceDeskUser>> usersBy(
            BudgetRequest budget, String field, List<String> values, Predicate<Row> fits) {
        if (!values.stream().allMatch(EncodedQuery::accepts)) {
            return Uni.createFrom().item(List.of());
        }
        EncodedQuery query = EncodedQuery.all().is("active", "true").in(field, values);
        return tables.list(budget.atMost(ROOM), USERS, query, userFields, 10)
                .map(rows -> asked(rows, USERS, row -> isActive(row) && fits.test(row)).stream()
                        .map(this::user)
                        .toList())
                .onFailure()
                .transform(ServiceNowConnector::failure);
    }

    /** A full page may hide a second owner of the number: no answer is better than a wrong one. */
    private static List<Row> complete(List<Row> rows) {
        if (rows.size() >= MOST_CANDIDATES) {
            throw ConnectorException.of(VENDOR, FailureReason.REJECTED, "more candidates than one page holds", null);
        }
        return rows;
    }

    private List<Row> asked(List<Row> rows, String table, Predicate<Row> fits) {
        List<Row> fitting = rows.stream().filter(fits).toList();
        metrics.rowsNotAskedFor(VENDOR, table, rows.size() - fitting.size());
        return fitting;
    }

    private boolean isOpenIncidentOf(String userSysId, Row row) {
        return row.text("caller_id").equals(userSysId)
                && isActive(row)
                && config.openStates().contains(row.text("state"));
    }

    private boolean hasNumber(Row row, String e164, Predicate<String> isSameNumber) {
        return config.phoneFields().stream()
                .map(row::text)
                .anyMatch(text -> mayBe(e164, text) && isSameNumber.test(text));
    }

    /** Spares the parser the candidates that only share four digits: the last ones stand side by side in every spelling. */
    private static boolean mayBe(String e164, String text) {
        String digits = NO_DIGIT.matcher(text).replaceAll("");
        return digits.contains(e164.substring(Math.max(1, e164.length() - COMPARED_DIGITS)));
    }

    private static boolean isActive(Row row) {
        return row.text("active").equals("true");
    }

    private ServiceDeskUser user(Row row) {
        Map<String, String> phones = new LinkedHashMap<>();
        config.phoneFields().forEach(field -> phones.put(field, row.text(field)));
        config.enrolFields().forEach(field -> phones.put(field, row.text(field)));
        String sysId = row.text("sys_id");
        return new ServiceDeskUser(
                sysId,
                row.text("user_name"),
                row.text("name"),
                row.text("vip").equals("true"),
                row.text(config.employeeIdField()),
                phones,
                links.to(USERS, sysId));
    }

    private OpenIncident incident(Row row) {
        String state = row.text("state");
        String sysId = row.text("sys_id");
        return new OpenIncident(
                sysId,
                row.text("number"),
                row.text("short_description"),
                config.stateLabels().getOrDefault(state, state),
                priority(row.text("priority")),
                ServiceNowTime.parse(row.text("sys_updated_on")).orElse(Instant.EPOCH),
                links.to(INCIDENTS, sysId));
    }

    private static int priority(String raw) {
        return raw.length() == 1 && Character.isDigit(raw.charAt(0)) ? raw.charAt(0) - '0' : 0;
    }

    /** Lookups and enrolments: somebody is on the phone. */
    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.LOOKUP, ROOM);
    }

    private static ConnectorException failure(Throwable thrown) {
        return Failures.of(VENDOR, thrown);
    }
}
