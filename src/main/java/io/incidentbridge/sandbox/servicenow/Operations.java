package io.incidentbridge.sandbox.servicenow;

/** What the traffic counters call a request: its method and table, never an id. */
final class Operations {

    private final Store store;

    Operations(Store store) {
        this.store = store;
    }

    /** @param path relative to the simulated instance */
    String name(String method, String path) {
        String[] segments = segments(path);
        if (!path.contains("api/now/")) {
            return method + (path.contains("oauth_token") ? " oauth_token" : " page");
        }
        int at = resource(segments);
        String kind = at < segments.length ? segments[at] : "";
        // Free text from the path must not become a name of its own.
        String table =
                at + 1 < segments.length && store.schema(segments[at + 1]).isPresent() ? segments[at + 1] : "other";
        return switch (kind) {
            case "table" -> method + " " + table;
            case "stats" -> method + " stats " + table;
            case "attachment" -> method + " attachment";
            default -> method + " other";
        };
    }

    /**
     * What the product calls the API that a path belongs to.
     *
     * @param path relative to the simulated instance
     */
    static String api(String path) {
        String[] segments = segments(path);
        int at = resource(segments);
        return switch (at < segments.length ? segments[at] : "") {
            case "table" -> "Table API";
            case "stats" -> "Aggregate API";
            case "attachment" -> "Attachment API";
            default -> "REST API";
        };
    }

    private static String[] segments(String path) {
        return path.replaceFirst("^/+", "").split("/");
    }

    /** Where the resource stands in {@code api/now[/v1|/v2]/table/...}. */
    private static int resource(String[] segments) {
        return segments.length > 2 && ApiRequest.isVersion(segments[2]) ? 3 : 2;
    }
}
