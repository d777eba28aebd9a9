package io.incidentbridge.testing;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How one lookup went.
 *
 * @param http   status, 0 when none came
 * @param status of the screen pop, or what came instead of one
 */
public record Answer(String ani, Duration took, int http, String status) {

    static Answer of(String ani, Duration took, int http, String body) {
        return new Answer(ani, took, http, http == 200 ? new JsonObject(body).getString("status") : http + " " + body);
    }

    public boolean isUnavailable() {
        return status.equals("UNAVAILABLE");
    }
}
