package io.incidentbridge.sandbox;

import io.incidentbridge.sandbox.Tour.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The guided tours, and both sides of the bridge as they show: what its operators' API tells beside what the vendors have.
 * Uses the bridge as an operator does, and the vendors as an observer, who is neither counted nor limited.
 */
final class Tours {

    static final String EMAIL = "email-down";
    static final String CARRIER = "carrier-outage";

    private static final String OBSERVER =
            "Basic " + Base64.getEncoder().encodeToString("observer:observer".getBytes(StandardCharsets.UTF_8));
    private static final String INCIDENTS = "/sandbox/servicenow/api/now/table/incident";
    private static final String FIELDS =
            "&sysparm_display_value=all&sysparm_fields=number,short_description,state,u_calls_noted,sys_updated_on";
    private static final String MASTERS = INCIDENTS
            + "?sysparm_query=short_descriptionSTARTSWITHOutage:%5EORDERBYDESCsys_updated_on&sysparm_limit=2" + FIELDS;
    private static final String NEWEST =
            INCIDENTS + "?sysparm_query=ORDERBYDESCsys_updated_on&sysparm_limit=8" + FIELDS;
    private static final String RESET = "/v1/ops/outages/" + EMAIL + "/reset";
    /** Longer than the bridge counts calls. */
    private static final Duration COUNTED = Duration.ofSeconds(90);
    /** More than open a topic within a minute. */
    private static final CallOrder CALLS = new CallOrder(150, 25, EMAIL, 0.8);

    private final Vertx vertx;
    private final CallGenerator calls;
    private final JsonHttp bridge;
    private final JsonHttp vendors;
    private final Supplier<Future<String>> genesysToken;
    private final HttpClient client;
    private final Supplier<URI> vendorsAt;
    private Tour latest;
    private String masterKey = "";
    private String pagerDutyIncident = "";

    Tours(Vertx vertx, CallGenerator calls, Supplier<URI> bridge, Supplier<URI> vendors) {
        this.vertx = vertx;
        this.calls = calls;
        this.client = vertx.createHttpClient();
        this.vendorsAt = vendors;
        this.bridge = new JsonHttp(client, bridge, "X-API-Key", "sandbox-operator");
        this.vendors = new JsonHttp(client, vendors, "Authorization", OBSERVER);
        this.genesysToken = () -> this.vendors
                .postForm("/sandbox/genesys/oauth/token", "grant_type=client_credentials")
                .map(reply -> ((JsonObject) reply).getString("access_token"));
    }

    /** @return false while one is under way, or for a name that is none */
    synchronized boolean start(String name) {
        Optional<List<Step>> steps =
                switch (name) {
                    case EMAIL -> Optional.of(emailIsDown());
                    case CARRIER -> Optional.of(carrierOutage());
                    default -> Optional.empty();
                };
        if (steps.isEmpty() || latest != null && latest.running()) {
            return false;
        }
        latest = new Tour(vertx, name, steps.get()).start();
        return true;
    }

    synchronized JsonObject progress() {
        return latest == null
                ? new JsonObject().put("name", "").put("running", false).put("steps", new JsonArray())
                : latest.toJson();
    }

    /** What the bridge tells and what the vendors have; a side that does not answer is empty. */
    Future<JsonObject> sides() {
        Future<Object> topics = bridge.get("/v1/ops/outages").otherwise(new JsonObject());
        Future<Object> groups = bridge.get("/v1/ops/emergency-groups").otherwise(new JsonArray());
        Future<Object> masters = vendors.get(MASTERS).otherwise(new JsonObject());
        Future<Object> incidents = vendors.get(NEWEST).otherwise(new JsonObject());
        Future<JsonObject> routing = routing().otherwise(new JsonObject());
        return Future.all(List.of(topics, groups, masters, incidents, routing)).map(all -> new JsonObject()
                .put("topics", ((JsonObject) topics.result()).getJsonArray("topics", new JsonArray()))
                .put("groups", groups.result())
                .put("masters", ((JsonObject) masters.result()).getJsonArray("result", new JsonArray()))
                .put("incidents", ((JsonObject) incidents.result()).getJsonArray("result", new JsonArray()))
                .put("routing", routing.result()));
    }

    private List<Step> emailIsDown() {
        return List.of(
                new Step(
                        "E-mail is down: " + CALLS.count() + " callers ring",
                        () -> bridge.send(HttpMethod.POST, RESET, reason("the tour begins"))
                                .map(done -> calls.start(CALLS)),
                        () -> Future.succeededFuture(calls.progress().getInteger("started") > 0)),
                Step.awaited(
                        "The bridge sees the surge and opens catastrophe mode",
                        () -> topic(topic -> !topic.getString("state").equals("CLOSED"))),
                Step.awaited("One master incident stands in ServiceNow", () -> topic(this::hasMaster)),
                Step.awaited(
                        "Every call is answered: a ticket before, noted against the master since",
                        () -> Future.succeededFuture(!calls.progress().getBoolean("running"))),
                Step.awaited("The noted calls stand in the master's work notes", this::isNoted),
                new Step(
                        "E-mail works again: the service desk resolves the master",
                        () -> vendors.send(
                                HttpMethod.PATCH,
                                INCIDENTS + "/" + masterKey,
                                new JsonObject()
                                        .put("state", "6")
                                        .put("close_code", "Solved (Permanently)")
                                        .put("close_notes", "E-mail works again.")),
                        () -> Future.succeededFuture(true)),
                new Step(
                        "An operator keeps the topic closed while the surge's calls still count: calls get tickets again",
                        this::keepClosed,
                        () -> topic(topic -> topic.getString("state").equals("CLOSED"))));
    }

    private List<Step> carrierOutage() {
        return List.of(
                new Step(
                        "The carrier fails: PagerDuty opens a P1 incident and sends its webhook",
                        () -> vendors.send(
                                        HttpMethod.POST,
                                        "/sandbox/pagerduty/control/incidents",
                                        new JsonObject()
                                                .put("title", "Carrier outage")
                                                .put("priority", "P1"))
                                .onSuccess(incident -> pagerDutyIncident = ((JsonObject) incident).getString("id")),
                        () -> Future.succeededFuture(true)),
                Step.awaited(
                        "The bridge holds the emergency for it",
                        () -> group(group -> group.getJsonObject("desired").getBoolean("active"))),
                Step.awaited("Genesys routes calls to the emergency queues", () -> routed("ACTIVE")),
                new Step(
                        "The carrier works again: the incident is resolved in PagerDuty",
                        () -> vendors.send(
                                HttpMethod.PUT,
                                "/sandbox/pagerduty/control/incidents/" + pagerDutyIncident,
                                new JsonObject().put("status", "resolved")),
                        () -> group(group -> !group.getJsonObject("desired").getBoolean("active"))),
                Step.awaited("Genesys routes calls as usual", () -> routed("INACTIVE")));
    }

    private Future<Object> keepClosed() {
        Instant until = Instant.now().plus(COUNTED);
        return bridge.send(
                HttpMethod.POST,
                "/v1/ops/outages/" + EMAIL + "/force",
                reason("e-mail works again").put("open", false).put("until", until.toString()));
    }

    private boolean hasMaster(JsonObject topic) {
        String url = topic.getString("masterUrl", "");
        // The deep link ends with the record's key.
        masterKey = url.replaceFirst("^.*sys_id(?:=|%3D)([0-9a-f]{32}).*$", "$1");
        return masterKey.length() == 32;
    }

    private Future<Boolean> topic(Predicate<JsonObject> is) {
        return bridge.get("/v1/ops/outages").map(reply -> objects(((JsonObject) reply).getJsonArray("topics"))
                .filter(topic -> topic.getString("topic").equals(EMAIL))
                .anyMatch(is));
    }

    private Future<Boolean> group(Predicate<JsonObject> is) {
        return bridge.get("/v1/ops/emergency-groups/default").map(reply -> is.test((JsonObject) reply));
    }

    private Future<Boolean> isNoted() {
        return vendors.get(
                        "/sandbox/servicenow/api/now/table/sys_journal_field?sysparm_limit=1&sysparm_query=element_id="
                                + masterKey)
                .map(reply -> !((JsonObject) reply).getJsonArray("result").isEmpty());
    }

    private Future<Boolean> routed(String state) {
        return routing().map(routing -> state.equals(routing.getString("state")));
    }

    private Future<JsonObject> routing() {
        return genesysToken
                .get()
                .compose(token -> new JsonHttp(client, vendorsAt, "Authorization", "Bearer " + token)
                        .get("/sandbox/genesys/api/v2/telephony/emergencyrouting"))
                .map(JsonObject.class::cast);
    }

    private static JsonObject reason(String why) {
        return new JsonObject().put("reason", "guided tour: " + why);
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
