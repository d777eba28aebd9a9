package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code POST /api/now/attachment/file}: a file for a record, of which the instance keeps the size. */
final class AttachmentApi {

    private static final List<String> RESOURCE = List.of("attachment", "file");

    private final Store store;
    private final RecordWriter writer;

    AttachmentApi(Store store, RecordWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** Any content type is taken here, unlike everywhere else. */
    static boolean isFor(ApiRequest request) {
        return request.resource().equals(RESOURCE);
    }

    ApiReply upload(ApiRequest request) {
        if (!request.method().equals("POST")) {
            throw new ApiException(
                    405, "Method not supported", request.method() + " is not supported for this resource");
        }
        String table = parameter(request, "table_name");
        String sysId = parameter(request, "table_sys_id");
        String name = parameter(request, "file_name");
        store.get(table, sysId).orElseThrow(ApiException::noRecord);
        String type = request.http().getHeader("Content-Type");
        Row row = writer.insert(
                store.schema("sys_attachment").orElseThrow(),
                Map.of(
                        "table_name", table,
                        "table_sys_id", sysId,
                        "file_name", name,
                        "content_type", type == null ? "" : type,
                        "size_bytes",
                                String.valueOf(
                                        request.body() == null
                                                ? 0
                                                : request.body().length())),
                false,
                request.account());
        JsonObject result = new JsonObject();
        row.toMap().forEach(result::put);
        return ApiReply.result(201, result);
    }

    private static String parameter(ApiRequest request, String name) {
        String value = request.parameters().getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new ApiException(400, "Missing parameter", name + " is required");
        }
        return value;
    }
}
