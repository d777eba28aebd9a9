package io.incidentbridge.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /sandbox/tour}: the page with the tours, the call generator and the fault switches, and what it asks for. */
final class TourRoutes {

    private static final String ROOT = "/sandbox/tour";
    private static final String HTML = "text/html;charset=UTF-8";

    /** What the page loads; its looks are the console's. */
    private static final Map<String, Asset> ASSETS = Map.of(
            ROOT,
            new Asset("sandbox/tour/tour.html", HTML),
            ROOT + "/tour.js",
            new Asset("sandbox/tour/tour.js", "text/javascript;charset=UTF-8"),
            ROOT + "/tour.css",
            new Asset("sandbox/tour/tour.css", "text/css;charset=UTF-8"),
            ROOT + "/console.css",
            new Asset("META-INF/resources/console/console.css", "text/css;charset=UTF-8"),
            ROOT + "/icon.svg",
            new Asset("META-INF/resources/console/icon.svg", "image/svg+xml"));

    private final Tours tours;
    private final Supplier<JsonObject> vendors;

    /** @param vendors traffic, faults and calls as they stand */
    TourRoutes(Tours tours, Supplier<JsonObject> vendors) {
        this.tours = tours;
        this.vendors = vendors;
    }

    private record Asset(String resource, String type) {

        /** Empty for what is the console's, where the vendors run without it. */
        Optional<Buffer> read() {
            try (InputStream in = TourRoutes.class.getClassLoader().getResourceAsStream(resource)) {
                return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void mount(Router router) {
        ASSETS.forEach((path, asset) -> asset.read()
                .ifPresent(content -> router.get(path).handler(ctx -> ctx.response()
                        .putHeader("Content-Type", asset.type())
                        .putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Cache-Control", "no-cache")
                        .end(content))));
        router.get(ROOT + "/state").handler(this::state);
        router.post(ROOT).handler(this::start);
    }

    private void state(RoutingContext ctx) {
        tours.sides()
                .onSuccess(sides ->
                        Replies.json(ctx, 200, vendors.get().mergeIn(sides).put("tour", tours.progress())))
                .onFailure(ctx::fail);
    }

    private void start(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("name"));
        if (tours.start(json.text("name"))) {
            Replies.json(ctx, 202, tours.progress());
        } else {
            Replies.problem(ctx, 409, "Conflict", "Tours are email-down and carrier-outage, one at a time");
        }
    }
}
