package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * What a deep link opens: a plain, read-only page of one record. The forms of link are the product documentation's:
 * {@code incident.do?sys_id=}, the same behind {@code nav_to.do?uri=} and {@code /now/nav/ui/classic/params/target/}.
 */
final class RecordPages {

    private static final String CLASSIC = "/now/nav/ui/classic/params/target/";
    private static final String STYLES = "/styles/record.css";

    private final Store store;
    private final RecordHtml html;

    RecordPages(Store store) {
        this.store = store;
        this.html = new RecordHtml(store);
    }

    void mount(Router router) {
        Buffer styles = styles();
        router.get(STYLES).handler(context -> HttpAnswers.send(context, 200, "text/css;charset=UTF-8", styles));
        router.get("/nav_to.do")
                .handler(context -> answer(context, "/nav_to.do", query(context).getOrDefault("uri", "")));
        router.get(CLASSIC + "*").handler(context -> {
            String path = context.request().path();
            String target = path.substring(path.indexOf(CLASSIC) + CLASSIC.length());
            answer(
                    context,
                    CLASSIC,
                    UrlEncoded.decode(target)
                            + Optional.ofNullable(context.request().query())
                                    .map(query -> "?" + query)
                                    .orElse(""));
        });
        router.getWithRegex("/[a-z0-9_]+\\.do").handler(context -> {
            String path = context.request().path();
            String page = path.substring(path.lastIndexOf('/'));
            answer(
                    context,
                    page,
                    page.substring(1) + "?"
                            + Optional.ofNullable(context.request().query()).orElse(""));
        });
        router.get("/").handler(this::home);
        router.get("/now").handler(this::home);
    }

    /**
     * @param mark   where the path of the request stops belonging to the instance's own address
     * @param target for example {@code incident.do?sys_id=...}
     */
    private void answer(RoutingContext context, String mark, String target) {
        String path = context.request().path();
        String base = path.substring(0, path.indexOf(mark));
        Optional<Row> row = find(target);
        page(
                context,
                row.isPresent() ? 200 : 404,
                row.map(found -> html.record(base, found))
                        .orElseGet(() ->
                                html.message(base, "Record not found", "It does not exist, or you may not see it.")));
    }

    private Optional<Row> find(String target) {
        int mark = target.indexOf(".do");
        if (mark < 0) {
            return Optional.empty();
        }
        String table = target.substring(target.lastIndexOf('/', mark) + 1, mark);
        Map<String, String> query = UrlEncoded.parse(target.substring(Math.min(target.length(), mark + 4)));
        String number = query.getOrDefault("sysparm_query", "");
        if (number.startsWith("number=")) {
            return store.schema(table)
                    .filter(schema -> schema.has("number"))
                    .flatMap(
                            schema -> store
                                    .scan(schema, row -> row.get("number").equals(number.substring("number=".length())))
                                    .stream()
                                    .findFirst());
        }
        return store.get(table, query.getOrDefault("sys_id", ""));
    }

    private void home(RoutingContext context) {
        String path = context.request().path();
        String base = path.endsWith("/now") ? path.substring(0, path.length() - "/now".length()) : path;
        page(context, 200, html.home(base.replaceFirst("/+$", "")));
    }

    private static void page(RoutingContext context, int status, String page) {
        context.response()
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'")
                .putHeader("X-Content-Type-Options", "nosniff");
        HttpAnswers.send(context, status, "text/html;charset=UTF-8", Buffer.buffer(page));
    }

    private static Map<String, String> query(RoutingContext context) {
        return UrlEncoded.parse(context.request().query());
    }

    private static Buffer styles() {
        try (InputStream file = RecordPages.class.getResourceAsStream("/sandbox/servicenow/record.css")) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
