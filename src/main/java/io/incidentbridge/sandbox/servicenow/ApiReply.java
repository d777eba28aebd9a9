package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** @param body null for an answer without a body */
record ApiReply(int status, Map<String, String> headers, JsonObject body) {

    static ApiReply result(int status, Object result) {
        return new ApiReply(status, new LinkedHashMap<>(), new JsonObject().put("result", result));
    }

    static ApiReply empty(int status) {
        return new ApiReply(status, new LinkedHashMap<>(), null);
    }

    ApiReply header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    ApiReply withoutBody() {
        return new ApiReply(status, headers, null);
    }
}
