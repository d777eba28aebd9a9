package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A call below {@code /api/now}, taken apart.
 *
 * @param method   after {@code X-HTTP-Method-Override}; HEAD counts as GET
 * @param version  {@code v1}, {@code v2}, or empty for the latest
 * @param resource what follows the version, never empty, for example {@code table}, {@code incident}
 * @param address  the absolute address without the query
 * @param instance the absolute address before {@code /api/now}
 */
record ApiRequest(
        String method,
        String version,
        List<String> resource,
        Map<String, String> parameters,
        String address,
        String instance,
        Account account,
        HttpServerRequest http,
        Buffer body) {

    private static final String ROOT = "/api/now/";

    /** @throws ApiException if the path names no resource */
    static ApiRequest of(RoutingContext context, Account account) {
        HttpServerRequest http = context.request();
        String override = http.getHeader("X-HTTP-Method-Override");
        String method = (override == null ? http.method().name() : override).toUpperCase(Locale.ROOT);
        String path = http.path();
        int root = path.indexOf(ROOT);
        List<String> segments = root < 0
                ? List.of()
                : List.of(path.substring(root + ROOT.length()).split("/"));
        boolean versioned = !segments.isEmpty() && isVersion(segments.get(0));
        if (segments.size() <= (versioned ? 1 : 0)) {
            throw ApiException.noSuchResource();
        }
        String address = origin(http) + path;
        return new ApiRequest(
                method.equals("HEAD") ? "GET" : method,
                versioned ? segments.get(0) : "",
                versioned ? segments.subList(1, segments.size()) : segments,
                UrlEncoded.parse(http.query()),
                address,
                address.substring(0, address.indexOf(ROOT)),
                account,
                http,
                context.body().buffer());
    }

    static boolean isVersion(String segment) {
        return segment.equals("v1") || segment.equals("v2");
    }

    /** Not the request's absolute URI: Vert.x has none for addresses with a raw {@code |} or space in the query. */
    private static String origin(HttpServerRequest http) {
        HostAndPort authority = http.authority();
        return http.scheme() + "://" + (authority == null ? "localhost" : authority);
    }

    /**
     * Accept is required on every call and Content-Type on those with a body (c_RESTAPI.md of the product
     * documentation). That page asks for Content-Type on DELETE as well, but its own samples send none.
     */
    void checkHeaders() {
        String accept = http.getHeader("Accept");
        if (accept == null || accept.isBlank()) {
            throw new ApiException(400, "Bad Request", "Accept header is required");
        }
        // Real instances speak XML too; this one does not.
        if (!accept.contains("*/*") && !accept.contains("application/*") && !accept.contains("application/json")) {
            throw new ApiException(406, "Not Acceptable", "Response media type " + accept + " is not supported");
        }
        if (!writes()) {
            return;
        }
        String contentType = http.getHeader("Content-Type");
        if (contentType == null || contentType.isBlank()) {
            throw new ApiException(400, "Bad Request", "Content-Type header is required");
        }
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ApiException(
                    415, "Unsupported Media Type", "Request media type " + contentType + " is not supported");
        }
    }

    private boolean writes() {
        return List.of("POST", "PUT", "PATCH").contains(method);
    }

    boolean flag(String parameter) {
        return "true".equals(parameters.get(parameter));
    }

    /** A count that makes no sense is as good as none. */
    int number(String parameter, int otherwise) {
        try {
            int number = Integer.parseInt(parameters.getOrDefault(parameter, ""));
            return number < 0 ? otherwise : number;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The record sent, every value as text; of several records the first. */
    Map<String, String> record() {
        Object json = parseBody();
        if (json instanceof JsonArray array) {
            json = array.isEmpty() ? new JsonObject() : array.getValue(0);
        }
        if (!(json instanceof JsonObject object)) {
            throw unreadable();
        }
        Map<String, String> record = new LinkedHashMap<>();
        object.forEach(field -> record.put(
                field.getKey(), field.getValue() == null ? "" : field.getValue().toString()));
        return record;
    }

    private Object parseBody() {
        if (body == null || body.length() == 0) {
            return new JsonObject();
        }
        try {
            return Json.decodeValue(body);
        } catch (DecodeException e) {
            throw unreadable();
        }
    }

    private static ApiException unreadable() {
        return new ApiException(400, "Exception while reading request", "The payload is not valid JSON.");
    }
}
