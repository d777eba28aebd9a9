package io.incidentbridge.ratelimit;

import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Counts every request of a known client under {@code /v1} and tells the client where it stands. Webhooks have no client: the
 * signature is their credential, and looking for another would refuse those that carry a foreign one.
 */
class InboundLimitFilter {

    private static final String QUOTA = InboundQuota.class.getName();
    private static final String SUFFIX = "Resource";
    private static final String WEBHOOKS = "/v1/webhooks/";

    private final InboundLimit limit;
    private final CurrentIdentityAssociation identity;

    InboundLimitFilter(InboundLimit limit, CurrentIdentityAssociation identity) {
        this.limit = limit;
        this.identity = identity;
    }

    @ServerRequestFilter
    Uni<Response> count(ContainerRequestContext request, SimpleResourceInfo resource) {
        String path = request.getUriInfo().getPath();
        String rooted = path.startsWith("/") ? path : "/" + path;
        if (!rooted.startsWith("/v1/") || rooted.startsWith(WEBHOOKS)) {
            return Uni.createFrom().nullItem();
        }
        return identity.getDeferredIdentity()
                .flatMap(client -> client.isAnonymous()
                        ? Uni.createFrom().item(Optional.<InboundQuota>empty())
                        : limit.count(client.getPrincipal().getName(), operation(resource)))
                .invoke(quota -> quota.ifPresent(known -> checked(request, known)))
                .replaceWith((Response) null);
    }

    private static void checked(ContainerRequestContext request, InboundQuota quota) {
        request.setProperty(QUOTA, quota);
        if (!quota.within()) {
            throw new ProblemException(
                            ProblemType.RATE_LIMITED, "The limit of this operation is used up: " + quota.policy() + ".")
                    .retryAfter(Duration.ofSeconds(quota.retryAfterSeconds()));
        }
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(QUOTA) instanceof InboundQuota quota) {
            MultivaluedMap<String, Object> headers = response.getHeaders();
            headers.putSingle("RateLimit-Policy", quota.policyField());
            headers.putSingle("RateLimit", quota.stateField());
        }
    }

    /** {@code CallerResource.lookup} is {@code caller.lookup}: few, stable names. */
    private static String operation(SimpleResourceInfo resource) {
        String name = resource.getResourceClass().getSimpleName();
        int generated = name.indexOf('_');
        String written = generated < 0 ? name : name.substring(0, generated);
        String subject = written.endsWith(SUFFIX) ? written.substring(0, written.length() - SUFFIX.length()) : written;
        return subject.toLowerCase(Locale.ROOT) + "." + resource.getMethodName();
    }
}
