package io.incidentbridge.idempotency;

import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Has an effect that can be counted, and ends as it is asked to. */
@Path("/test/counting")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RolesAllowed(Rights.DATA_ACTION)
public class CountingResource {

    static final AtomicInteger EFFECTS = new AtomicInteger();

    /** @param status answered with; @param slowMillis time it takes */
    record Order(@Positive Integer status, Integer slowMillis, Boolean provisional) {

        boolean isProvisional() {
            return Boolean.TRUE.equals(provisional);
        }
    }

    record Done(int count, String umlaut, boolean provisional) implements Provisional {}

    @POST
    @Idempotent
    public Uni<Done> count(@Valid Order order) {
        int count = EFFECTS.incrementAndGet();
        if (order.status() >= 300) {
            return Uni.createFrom().failure(new WebApplicationException(order.status()));
        }
        Uni<Done> done = Uni.createFrom().item(new Done(count, "grün", order.isProvisional()));
        return order.slowMillis() == null ? done : done.onItem().delayIt().by(Duration.ofMillis(order.slowMillis()));
    }
}
