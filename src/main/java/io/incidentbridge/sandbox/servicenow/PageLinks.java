package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code Link} header of a list: the request's own address with other offsets. */
final class PageLinks {

    private PageLinks() {}

    static String header(ApiRequest request, int limit, int total) {
        int offset = request.number("sysparm_offset", 0);
        int last = total == 0 ? 0 : (total - 1) / limit * limit;
        List<String> links = new ArrayList<>();
        links.add(link(request, limit, 0, "first"));
        if (offset > 0) {
            links.add(link(request, limit, Math.max(0, offset - limit), "prev"));
        }
        if ((long) offset + limit < total) {
            links.add(link(request, limit, offset + limit, "next"));
        }
        links.add(link(request, limit, last, "last"));
        return String.join(",", links);
    }

    private static String link(ApiRequest request, int limit, int offset, String rel) {
        Map<String, String> parameters = new LinkedHashMap<>(request.parameters());
        parameters.put("sysparm_limit", String.valueOf(limit));
        parameters.put("sysparm_offset", String.valueOf(offset));
        return "<" + request.address() + "?" + UrlEncoded.format(parameters) + ">;rel=\"" + rel + "\"";
    }
}
