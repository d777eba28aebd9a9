package io.incidentbridge.sandbox.servicenow;

/** What the traffic counters call a request: its method and table, never an id. */
final class Operations {

    private final Store store;

    Operations(Store store) {
        this.store = store;
    }

    /** @param path relative to the simulated instance */
    String name(String method, String path) {
        String[] segments = path.replaceFirst("^/+", "").split("/");
        if (!path.contains("api/now/")) {
            return method + (path.contains("oauth_token") ? " oauth_token" : " page");
        }
        int at = 2;
        if (at < segments.length && segments[at].matches("v\\d+")) {
            at++;
        }
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
}
