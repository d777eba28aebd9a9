package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** {@code /api/now/table}: status codes, headers and parameters as in c_TableAPI.md of the product documentation. */
final class TableApi {

    private static final int DEFAULT_LIMIT = 10_000;

    private final Store store;
    private final RecordWriter writer;
    private final Filters filters;

    TableApi(Store store, RecordWriter writer, Filters filters) {
        this.store = store;
        this.writer = writer;
        this.filters = filters;
    }

    ApiReply collection(ApiRequest request, String table) {
        TableSchema schema = schema(table);
        return switch (request.method()) {
            case "GET" -> list(request, schema);
            case "POST" -> create(request, schema);
            default -> throw notAllowed(request);
        };
    }

    ApiReply item(ApiRequest request, String table, String sysId) {
        TableSchema schema = schema(table);
        if (store.rules().hides(schema, request.account())) {
            throw ApiException.noRecord();
        }
        return switch (request.method()) {
            case "GET" ->
                ApiReply.result(
                        200,
                        view(request, schema).render(store.get(table, sysId).orElseThrow(ApiException::noRecord)));
            case "PUT", "PATCH" -> update(request, schema, sysId);
            case "DELETE" -> {
                writer.delete(table, sysId);
                yield ApiReply.empty(204);
            }
            default -> throw notAllowed(request);
        };
    }

    private ApiReply list(ApiRequest request, TableSchema schema) {
        List<Row> matches = store.rules().hides(schema, request.account())
                ? List.of()
                : filters.of(request, schema).run(store, schema);
        int limit = request.number("sysparm_limit", DEFAULT_LIMIT);
        int from = Math.min(request.number("sysparm_offset", 0), matches.size());
        List<Row> page = matches.subList(from, (int) Math.min((long) from + limit, matches.size()));
        // Only version 1 calls an empty list an error.
        if (page.isEmpty() && request.version().equals("v1")) {
            throw ApiException.noRecord();
        }
        JsonView view = view(request, schema);
        JsonArray result = new JsonArray();
        page.forEach(row -> result.add(view.render(row)));
        ApiReply reply = ApiReply.result(200, result);
        if (!request.flag("sysparm_no_count")) {
            reply.header("X-Total-Count", String.valueOf(matches.size()));
        }
        if (!request.flag("sysparm_suppress_pagination_header") && limit > 0) {
            reply.header("Link", PageLinks.header(request, limit, matches.size()));
        }
        return reply;
    }

    private ApiReply create(ApiRequest request, TableSchema schema) {
        Row row =
                writer.insert(schema, request.record(), request.flag("sysparm_input_display_value"), request.account());
        String location = request.instance() + "/api/now/table/" + schema.name() + "/" + row.sysId();
        return written(request, ApiReply.result(201, view(request, schema).render(row)))
                .header("Location", location);
    }

    private ApiReply update(ApiRequest request, TableSchema schema, String sysId) {
        Row row = writer.update(
                schema.name(), sysId, request.record(), request.flag("sysparm_input_display_value"), request.account());
        return written(request, ApiReply.result(200, view(request, schema).render(row)));
    }

    private static ApiReply written(ApiRequest request, ApiReply reply) {
        return "true".equals(request.http().getHeader("X-no-response-body")) ? reply.withoutBody() : reply;
    }

    private JsonView view(ApiRequest request, TableSchema schema) {
        return JsonView.of(store, schema, request.parameters(), request.instance());
    }

    private TableSchema schema(String table) {
        return store.schema(table).orElseThrow(() -> ApiException.invalidTable(table));
    }

    private static ApiException notAllowed(ApiRequest request) {
        return new ApiException(405, "Method not supported", request.method() + " is not supported for this resource");
    }
}
