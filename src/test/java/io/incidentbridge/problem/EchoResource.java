package io.incidentbridge.problem;

import io.incidentbridge.security.Rights;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Only for tests: one endpoint for each way in which a request can fail. */
@Path("/test-echo")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EchoResource {

    private final SecurityIdentity identity;

    EchoResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    public enum Mode {
        ACTIVE,
        RESOLVED
    }

    public record Line(@NotNull @Size(max = 10) String name, Integer count) {}

    public record Order(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_.:-]{1,100}") String id,
            Mode mode,
            Instant at,
            Integer ttl,
            Boolean urgent,
            Double weight,
            @Size(max = 3) List<@NotNull @Size(min = 1, max = 5) String> tags,
            List<@Valid Line> lines,
            @Valid Line main) {}

    @POST
    @PermitAll
    public Order echo(@Valid @NotNull Order order) {
        return order;
    }

    @POST
    @Path("list")
    @PermitAll
    public Uni<Integer> list(List<String> names) {
        return Uni.createFrom().item(names.size());
    }

    @POST
    @Path("raw")
    @PermitAll
    public String raw(byte[] body) {
        return "{\"length\":" + body.length + "}";
    }

    @GET
    @PermitAll
    public String get(@QueryParam("limit") @Max(10) int limit) {
        return "{}";
    }

    @GET
    @Path("invalid-answer")
    @PermitAll
    @Valid
    public Line invalidAnswer() {
        return new Line(null, 1);
    }

    @GET
    @Path("upstream")
    @PermitAll
    public Uni<String> upstream() {
        return Uni.createFrom().failure(new VendorGone());
    }

    @GET
    @Path("fault")
    @PermitAll
    public Uni<String> fault() {
        return Uni.createFrom().failure(new IllegalStateException("secret of the inside"));
    }

    @GET
    @Path("vendor-fault")
    @PermitAll
    public String vendorFault() {
        throw new org.jboss.resteasy.reactive.ClientWebApplicationException("vendor said", 404);
    }

    @GET
    @Path("limited")
    @PermitAll
    public String limited() {
        throw new ProblemException(ProblemType.RATE_LIMITED, "Slow down.")
                .retryAfter(Duration.ofMillis(1_200))
                .header("RateLimit", "\"default\";r=0;t=2");
    }

    @GET
    @Path("gone")
    @PermitAll
    public String gone() {
        throw new WebApplicationException("do not tell", 410);
    }

    @GET
    @Path("data-action")
    @RolesAllowed(Rights.DATA_ACTION)
    public String dataAction() {
        return identity.getPrincipal().getName();
    }

    @POST
    @Path("emergency")
    @RolesAllowed(Rights.EMERGENCY)
    public Order emergency(@Valid Order order) {
        return order;
    }

    @GET
    @Path("operator")
    @RolesAllowed(Rights.OPERATOR)
    public Uni<String> operator() {
        return Uni.createFrom().item(identity.getPrincipal().getName());
    }

    @GET
    @Path("unauthenticated")
    @PermitAll
    public String unauthenticated(@QueryParam("by") String by) {
        throw switch (by) {
            case "completion" -> new AuthenticationCompletionException("secret of the provider");
            case "failure" -> new AuthenticationFailedException("secret of the provider");
            default -> new UnauthorizedException("secret of the provider");
        };
    }

    @GET
    @Path("unannotated")
    public String unannotated() {
        return "open by mistake";
    }

    private static final class VendorGone extends UpstreamException {
        VendorGone() {
            super("secret of the vendor", null);
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofMillis(1500));
        }
    }
}
