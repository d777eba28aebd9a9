package io.incidentbridge.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/**
 * Answers with the description of the API (OpenAPI 3.1): YAML, or JSON for whoever asks for it by {@code ?format=json}, by
 * {@code Accept} or by the address' ending. Any key may read it ({@code quarkus.http.auth.permission.openapi}).
 */
@Singleton
class ApiDescription {

    private static final String PATH = "/q/openapi";

    private enum Format {
        YAML("application/yaml;charset=UTF-8", "/openapi/openapi.yaml"),
        JSON("application/json;charset=UTF-8", "/openapi/openapi.json");

        private final String mediaType;
        private final String resource;

        Format(String mediaType, String resource) {
            this.mediaType = mediaType;
            this.resource = resource;
        }
    }

    void register(@Observes Router router) {
        serve(router.route(PATH), ApiDescription::wanted);
        serve(router.route(PATH + ".json"), request -> Format.JSON);
        serve(router.route(PATH + ".yaml"), request -> Format.YAML);
        serve(router.route(PATH + ".yml"), request -> Format.YAML);
    }

    /** The file is read each time: nobody asks often. */
    private static void serve(Route route, Function<RoutingContext, Format> format) {
        route.method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(request -> answer(request, format.apply(request)));
    }

    /** The query counts for more than the header, which a browser or a tool may have added on its own. */
    private static Format wanted(RoutingContext request) {
        List<String> named = request.queryParam("format");
        if (!named.isEmpty()) {
            return named.get(0).equalsIgnoreCase(Format.JSON.name()) ? Format.JSON : Format.YAML;
        }
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains("application/json") ? Format.JSON : Format.YAML;
    }

    private static void answer(RoutingContext request, Format format) {
        try (InputStream file = ApiDescription.class.getResourceAsStream(format.resource)) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType)
                    .end(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            request.fail(e);
        }
    }
}
