package io.incidentbridge.ratelimit;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Counts every request of a known client under {@code /v1} and tells the client where it stands. */
class InboundLimitFilter {

    private static final String QUOTA = InboundQuota.class.getName();
    private static final String PROBLEM = "application/problem+json";
    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    private final InboundLimit limit;
    private final SecurityIdentity identity;

    InboundLimitFilter(InboundLimit limit, SecurityIdentity identity) {
        this.limit = limit;
        this.identity = identity;
    }

    @ServerRequestFilter
    Uni<Response> count(ContainerRequestContext request, SimpleResourceInfo resource) {
        String path = request.getUriInfo().getPath();
        if (identity.isAnonymous() || !(path.startsWith("/v1/") || path.startsWith("v1/"))) {
            return Uni.createFrom().nullItem();
        }
        return limit.count(identity.getPrincipal().getName(), operation(resource))
                .invoke(quota -> quota.ifPresent(known -> checked(request, known)))
                .replaceWith((Response) null);
    }

    private static void checked(ContainerRequestContext request, InboundQuota quota) {
        request.setProperty(QUOTA, quota);
        if (!quota.within()) {
            throw new TooManyRequestsException(quota);
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

    @ServerExceptionMapper
    Response refused(TooManyRequestsException refused) {
        return Response.status(Response.Status.TOO_MANY_REQUESTS)
                .type(PROBLEM)
                .header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds())
                .entity(Map.of(
                        "type",
                        QUOTA_EXCEEDED,
                        "title",
                        "Too many requests",
                        "status",
                        429,
                        "detail",
                        "The limit of this operation is used up; try again after the time in Retry-After.",
                        "violated-policies",
                        List.of(refused.policy())))
                .build();
    }

    /** {@code CallerResource.lookup} is {@code caller.lookup}: few, stable names. */
    private static String operation(SimpleResourceInfo resource) {
        String name = resource.getResourceClass().getSimpleName().replaceFirst("(Resource)?(_.*)?$", "");
        return name.toLowerCase(Locale.ROOT) + "." + resource.getMethodName();
    }
}
