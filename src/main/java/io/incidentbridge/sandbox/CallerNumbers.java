package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The numbers that calls come from: those of ServiceNow's users, or ones that the seed data never has. */
final class CallerNumbers {

    private static final String USERS = "/sandbox/servicenow/api/now/table/sys_user"
            + "?sysparm_query=active%3Dtrue&sysparm_fields=phone,mobile_phone&sysparm_limit=1000";
    /** Basic {@code observer:observer}: meets no fault or limit and is not counted. */
    private static final String OBSERVER = "Basic b2JzZXJ2ZXI6b2JzZXJ2ZXI=";

    private final List<String> known;
    private final double knownShare;
    private final RandomGenerator random;

    CallerNumbers(List<String> known, double knownShare, RandomGenerator random) {
        this.known = known;
        this.knownShare = known.isEmpty() ? 0 : knownShare;
        this.random = random;
    }

    static Future<List<String>> fetch(HttpClient client, URI vendors) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(vendors + USERS)
                .setTimeout(5_000)
                .putHeader("Authorization", OBSERVER)
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(request -> request.send())
                // Without a simulated ServiceNow on that server all callers are unknown ones.
                .compose(response -> response.statusCode() == 404
                        ? Future.succeededFuture(List.of())
                        : response.body()
                                .map(body -> numbers(body.toJsonObject().getJsonArray("result"))));
    }

    private static List<String> numbers(JsonArray users) {
        return users.stream()
                .map(JsonObject.class::cast)
                .flatMap(user -> Stream.of(user.getString("phone", ""), user.getString("mobile_phone", "")))
                .filter(number -> !number.isBlank())
                .distinct()
                .toList();
    }

    String next() {
        synchronized (random) {
            return random.nextDouble() < knownShare
                    ? known.get(random.nextInt(known.size()))
                    // 415-200-0000 to 415-299-9999 is kept free of users.
                    : "+1415%07d".formatted(2_000_000 + random.nextInt(1_000_000));
        }
    }
}
