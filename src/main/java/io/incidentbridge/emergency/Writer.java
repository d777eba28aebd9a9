package io.incidentbridge.emergency;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.redis.HeldLease;
import io.incidentbridge.redis.Lease;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The right to write to Genesys, for one pass: the lease, held with enough of it left, and a token that was looked at.
 *
 * @param token empty when the token is good; asked once for all targets of the pass
 * @param least what must be left of the lease when a change is sent: longer than the request can take
 * @param note  remembers before it that something is sent to a target of this name
 */
record Writer(
        Lease lease,
        HeldLease held,
        Uni<Optional<ConnectorException>> token,
        Duration least,
        Function<String, Uni<Void>> note) {

    /**
     * Sends a change while the lease holds. Genesys checks no fence, so a process that is stopped right here sends late;
     * its pass then finds the lease lost and reports no success.
     */
    <T> Uni<T> send(String target, Supplier<Uni<T>> change) {
        return note.apply(target).flatMap(noted -> lease.renew(held)).flatMap(ours -> {
            if (!ours || held.left().compareTo(least) < 0) {
                throw new LeaseLostException();
            }
            return change.get();
        });
    }

    /** Keeps the lease for reading again what was sent; nobody waits for it, as the report finds out. */
    void keep() {
        // Silent: a lease that was not renewed runs out, and then the report is refused, which is told.
        lease.renew(held).subscribe().with(renewed -> {}, away -> {});
    }
}
