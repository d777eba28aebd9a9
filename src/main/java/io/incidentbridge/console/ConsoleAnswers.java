package io.incidentbridge.console;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows people a problem as a page, or as a notice on the page they are on; sends those who must sign in there. */
class ConsoleAnswers {

    private static final String PROBLEM = "application/problem+json";
    private static final String NO_STORE = "no-store";

    @ServerResponseFilter
    void present(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        if (!path.equals(ConsoleEdge.ROOT) && !path.startsWith(ConsoleEdge.ROOT + "/")) {
            return;
        }
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (!isProblem(response) || path.equals(LiveResource.PATH)) {
            return;
        }
        boolean byScript = request.getHeaderString("HX-Request") != null;
        if (response.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            signIn(response, byScript);
        } else {
            show(response, byScript);
        }
    }

    private static boolean isProblem(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        return type != null && type.toString().startsWith(PROBLEM) && response.getEntity() instanceof String;
    }

    private static void signIn(ContainerResponseContext response, boolean byScript) {
        // It would make browsers ask for a name and a password of their own.
        response.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
        if (byScript) {
            response.getHeaders().putSingle("HX-Redirect", ConsoleEdge.LOGIN);
        } else {
            response.setStatus(Response.Status.SEE_OTHER.getStatusCode());
            response.getHeaders().putSingle(HttpHeaders.LOCATION, ConsoleEdge.LOGIN);
        }
        html(response, "");
    }

    private static void show(ContainerResponseContext response, boolean byScript) {
        JsonObject problem = new JsonObject((String) response.getEntity());
        String errors = problem.getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("field") + " " + error.getString("detail"))
                .collect(Collectors.joining("; "));
        String detail = errors.isEmpty() ? problem.getString("detail", "") : errors;
        String title = problem.getString("title", "");
        html(
                response,
                byScript
                        ? Notice.Templates.notice("problem", title, detail).render()
                        : Notice.Templates.error(title, detail).render());
    }

    private static void html(ContainerResponseContext response, String text) {
        response.setEntity(text, new Annotation[0], MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
}
