package io.incidentbridge.testing;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The simulated vendors' controls, and their records as an uncounted observer sees them. */
public class Vendors {

    private static final int ROOM_FOR_ALL = 60_000;

    private static final String OBSERVER =
            "Basic " + Base64.getEncoder().encodeToString("observer:observer".getBytes(StandardCharsets.UTF_8));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    private final Runnable forget;

    /** @param forget makes the bridge forget what it still wants to write */
    Vendors(String base, Runnable forget) {
        this.base = base;
        this.forget = forget;
    }

    /** Seed data again, healthy vendors, counters at zero, and no work left over that would disturb the next test. */
    public void reset() {
        forget.run();
        send("POST", "/sandbox/reset", null);
        heal();
        forgetTraffic();
    }

    /** Healthy vendors that keep their records. */
    public void heal() {
        send("DELETE", "/sandbox/faults/servicenow", null);
        fail("genesys", "{}");
        send("DELETE", "/sandbox/faults/pagerduty", null);
        send("DELETE", "/sandbox/faults/jira", null);
    }

    /** Where to send webhooks, as the application's port is known after the vendors have started. */
    public void sendWebhooksTo(String bridge) {
        send("PUT", "/sandbox/bridge", new JsonObject().put("url", bridge).encode());
    }

    public void forgetTraffic() {
        send("DELETE", "/sandbox/traffic", null);
    }

    /**
     * Genesys has room for all tests' requests together where a test does not say otherwise: its answers tell its limit, 300
     * a minute, and one application serves many tests within a minute.
     *
     * @param faults a whole fault set, for example {@code {"hangRate":1.0}}
     */
    public void fail(String vendor, String faults) {
        JsonObject set = new JsonObject(faults);
        if (vendor.equals("genesys") && !set.containsKey("rateLimit")) {
            set.put("rateLimit", ROOM_FOR_ALL);
        }
        send("PUT", "/sandbox/faults/" + vendor, set.encode());
    }

    /** Until nothing has asked for a resource for a while. */
    public void awaitQuiet(String vendor, String resource) {
        int[] seen = {-1};
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(250))
                .during(Duration.ofSeconds(3))
                .until(() -> seen[0] == (seen[0] = asked(vendor, resource)));
    }

    private int asked(String vendor, String resource) {
        JsonObject operations = traffic(vendor).getJsonObject("byOperation");
        return operations.fieldNames().stream()
                .filter(operation -> operation.contains(resource))
                .mapToInt(operations::getInteger)
                .sum();
    }

    /** How many requests of an operation ("GET incident") have arrived. */
    public int arrived(String vendor, String operation) {
        return traffic(vendor).getJsonObject("byOperation").getInteger(operation, 0);
    }

    /** How many requests have arrived at all. */
    public int arrived(String vendor) {
        return traffic(vendor).getInteger("total");
    }

    /** How many requests were answered so. */
    public int answered(String vendor, int status) {
        return traffic(vendor).getJsonObject("byStatus").getInteger(Integer.toString(status), 0);
    }

    /** Records of a ServiceNow table that match an encoded query. */
    public JsonArray records(String table, String query) {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        String path = "/sandbox/servicenow/api/now/table/" + table
                + "?sysparm_exclude_reference_link=true&sysparm_query=" + encoded;
        return new JsonObject(send("GET", path, null)).getJsonArray("result");
    }

    /** Adds a record and answers it. */
    public JsonObject create(String table, JsonObject record) {
        return new JsonObject(send("POST", "/sandbox/servicenow/api/now/table/" + table, record.encode()))
                .getJsonObject("result");
    }

    private JsonObject traffic(String vendor) {
        return new JsonObject(send("GET", "/sandbox/traffic", null)).getJsonObject(vendor);
    }

    /** What Genesys itself says at a path under {@code /api/v2/}, to an observer. */
    public JsonObject genesys(String path) {
        HttpRequest login = HttpRequest.newBuilder(URI.create(base + "/sandbox/genesys/oauth/token"))
                .header("Authorization", OBSERVER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        String token = new JsonObject(body(login)).getString("access_token");
        return new JsonObject(body(HttpRequest.newBuilder(URI.create(base + "/sandbox/genesys/api/v2/" + path))
                .header("Authorization", "Bearer " + token)
                .build()));
    }

    /** Sends any request to the vendors' own paths and answers the body. */
    public String send(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", OBSERVER)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        return body(request);
    }

    private String body(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(request + ": " + response.statusCode() + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
