package io.incidentbridge.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Puts {@link Idempotent} resource methods behind the guard. */
@Singleton
class IdempotencyFilters {

    private static final String CLAIM = IdempotencyFilters.class.getName();

    private final IdempotencyGuard guard;
    private final CurrentIdentityAssociation identity;
    private final ObjectMapper json;

    IdempotencyFilters(IdempotencyGuard guard, CurrentIdentityAssociation identity, ObjectMapper json) {
        this.guard = guard;
        this.identity = identity;
        this.json = json;
    }

    /** After authentication, before validation; without the header a request passes unguarded. */
    @Idempotent
    @ServerRequestFilter(readBody = true)
    Uni<Response> begin(ContainerRequestContext request, SimpleResourceInfo resource) {
        List<String> header = request.getHeaders().get(Idempotent.HEADER);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        if (header.size() != 1) {
            throw Refusal.malformedKey();
        }
        String operation = resource.getResourceClass().getSimpleName() + "." + resource.getMethodName();
        String value = IdempotencyKey.parse(header.get(0));
        String fingerprint = fingerprint(request);
        Uni<String> client =
                identity.getDeferredIdentity().map(known -> known.getPrincipal().getName());
        return client.flatMap(name -> guard.begin(new IdempotencyKey(name, operation, value), fingerprint))
                .map(begun -> {
                    request.setProperty(CLAIM, begun.claim());
                    return begun.replay() == null ? null : replay(begun.replay());
                });
    }

    /** Also for answers made from exceptions; the caller gets its answer when it is remembered. */
    @Idempotent
    @ServerResponseFilter
    Uni<Void> finish(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIM) instanceof Claim claim)) {
            return Uni.createFrom().voidItem();
        }
        Object entity = response.getEntity();
        boolean provisional = entity instanceof Provisional answer && answer.provisional();
        MediaType type = response.getMediaType();
        // The same mapper writes the first answer, so a replay has the same bytes.
        Reply reply =
                new Reply(response.getStatus(), entity == null || type == null ? "" : type.toString(), write(entity));
        return guard.settle(claim, Finality.of(response.getStatus(), provisional), reply);
    }

    private static String fingerprint(ContainerRequestContext request) {
        try {
            byte[] body = request.getEntityStream().readAllBytes();
            request.setEntityStream(new ByteArrayInputStream(body));
            return Fingerprint.of(
                    request.getMethod(),
                    request.getUriInfo().getRequestUri().getRawPath(),
                    request.getUriInfo().getRequestUri().getRawQuery(),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Object entity) {
        try {
            return entity == null ? "" : entity instanceof String text ? text : json.writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response replay(Reply reply) {
        Response.ResponseBuilder answer = Response.status(reply.status()).header(Idempotent.REPLAYED, "true");
        return reply.contentType().isEmpty()
                ? answer.build()
                : answer.header(HttpHeaders.CONTENT_TYPE, reply.contentType())
                        .entity(reply.body())
                        .build();
    }
}
