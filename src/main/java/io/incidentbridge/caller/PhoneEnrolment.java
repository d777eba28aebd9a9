package io.incidentbridge.caller;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.metrics.CallerMetrics;
import io.incidentbridge.phone.PhoneNumbers;
import io.incidentbridge.redis.Lease;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.security.Masked;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Adds a calling number to the profile of the user who typed an employee id. Never overwrites a number, never takes one
 * that an active user has: both are looked up anew under a lease on the number and one on the user, so that neither two
 * calls with one number nor two numbers for one user can pass each other. The work goes on when the caller has its answer;
 * after a write of unknown outcome the leases are left to run out, as ServiceNow may still be at it.
 */
@ApplicationScoped
class PhoneEnrolment {

    private static final Logger LOG = Logger.getLogger(PhoneEnrolment.class);

    /** Above the work at its longest, and above the 60 s after which ServiceNow cancels a transaction. */
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final ServiceNowConnector serviceNow;
    private final PhoneNumbers numbers;
    private final CallerLookup callers;
    private final Lease lease;
    private final KeyedHash hash;
    private final AuditTrail audit;
    private final CallerConfig config;
    private final DeferredEnrolments deferred;
    private final CallerMetrics metrics;

    PhoneEnrolment(
            ServiceNowConnector serviceNow,
            PhoneNumbers numbers,
            CallerLookup callers,
            Lease lease,
            KeyedHash hash,
            AuditTrail audit,
            CallerConfig config,
            DeferredEnrolments deferred,
            CallerMetrics metrics) {
        this.serviceNow = serviceNow;
        this.numbers = numbers;
        this.callers = callers;
        this.lease = lease;
        this.hash = hash;
        this.audit = audit;
        this.config = config;
        this.deferred = deferred;
        this.metrics = metrics;
    }

    /** @param actor the client that asks, for the audit trail */
    Uni<Enrolment> enrol(EnrolRequest request, String actor) {
        Uni<Enrolment> work = attempt(request, actor)
                .call(done -> done.status() == Enrolment.Status.DEFERRED
                        ? deferred.keep(request, actor)
                        : Uni.createFrom().voidItem())
                .memoize()
                .indefinitely();
        work.subscribe()
                .with(
                        done -> metrics.enrolment(done.status().name()),
                        failure -> LOG.error("Enrolment failed", failure));
        return work.ifNoItem()
                .after(config.enrolDeadline())
                .recoverWithItem(() -> Enrolment.deferred(Enrolment.Reason.SERVICE_DESK_UNAVAILABLE, ""));
    }

    /** Once, for as long as it takes. */
    Uni<Enrolment> attempt(EnrolRequest request, String actor) {
        Optional<String> e164 = numbers.toE164(request.ani());
        if (e164.isEmpty()) {
            return Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.NUMBER_UNREADABLE, ""));
        }
        return oneAtATime("number", e164.get(), () -> forUser(request, e164.get(), actor))
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> notDone((ConnectorException) failure))
                .onFailure(UnsettledWrite.class)
                .recoverWithItem(() -> Enrolment.deferred(Enrolment.Reason.SERVICE_DESK_UNAVAILABLE, ""))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(() -> Enrolment.deferred(Enrolment.Reason.BRIDGE_UNAVAILABLE, ""));
    }

    private Uni<Enrolment> forUser(EnrolRequest request, String e164, String actor) {
        Uni<List<ServiceDeskUser>> users = Ids.given(request.employeeId())
                ? serviceNow.usersByEmployeeId(request.employeeId())
                : serviceNow.usersBySysId(request.sysId());
        return users.flatMap(found -> switch (found.size()) {
            case 0 -> Uni.createFrom().item(Enrolment.of(Enrolment.Status.NOT_FOUND, ""));
            case 1 ->
                oneAtATime(
                        "user",
                        found.get(0).sysId(),
                        () -> underLeases(found.get(0).sysId(), request, e164, actor));
            default -> Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.SEVERAL_USERS, ""));
        });
    }

    private Uni<Enrolment> underLeases(String sysId, EnrolRequest request, String e164, String actor) {
        return Uni.combine()
                .all()
                .unis(serviceNow.usersBySysId(sysId), serviceNow.usersByPhone(e164, text -> numbers.isSame(e164, text)))
                .asTuple()
                .flatMap(read -> decide(sysId, read.getItem1(), read.getItem2(), request, e164, actor));
    }

    private Uni<Enrolment> decide(
            String sysId,
            List<ServiceDeskUser> user,
            List<ServiceDeskUser> owners,
            EnrolRequest request,
            String e164,
            String actor) {
        if (user.isEmpty()) {
            return Uni.createFrom().item(Enrolment.of(Enrolment.Status.NOT_FOUND, ""));
        }
        if (owners.stream().anyMatch(owner -> !owner.sysId().equals(sysId))) {
            return Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.NUMBER_OF_ANOTHER_USER, sysId));
        }
        if (!owners.isEmpty()) {
            return Uni.createFrom().item(Enrolment.of(Enrolment.Status.ALREADY, sysId));
        }
        return freeField(user.get(0))
                .map(field -> write(sysId, field, request, e164, actor))
                .orElseGet(() -> Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.NO_FREE_FIELD, sysId)));
    }

    private Uni<Enrolment> write(String sysId, String field, EnrolRequest request, String e164, String actor) {
        return serviceNow
                .setPhone(sysId, field, e164)
                .onFailure(PhoneEnrolment::mayHaveHappened)
                .recoverWithUni(() -> readBack(sysId, field, request, e164, actor))
                .flatMap(stored -> numbers.isSame(e164, stored.phones().get(field))
                        ? traced("caller.enrolled", sysId, field, request, e164, actor)
                                .replaceWith(Enrolment.of(Enrolment.Status.ENROLLED, sysId))
                        : Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.SERVICE_DESK_REFUSED, sysId)));
    }

    /** What is not there yet may still come. */
    private Uni<ServiceDeskUser> readBack(String sysId, String field, EnrolRequest request, String e164, String actor) {
        return serviceNow
                .usersBySysId(sysId)
                .map(users -> users.stream()
                        .filter(user -> numbers.isSame(e164, user.phones().get(field)))
                        .findFirst()
                        .orElseThrow(UnsettledWrite::new))
                .onFailure()
                .transform(failure -> new UnsettledWrite())
                .onFailure()
                .call(() -> traced("caller.enrolment-unsettled", sysId, field, request, e164, actor));
    }

    /** Told to the audit trail, and to the cache: what it knows of the number may be wrong from now on. */
    private Uni<Void> traced(
            String action, String sysId, String field, EnrolRequest request, String e164, String actor) {
        Uni<Void> audited = audit.append(new AuditTrail.Entry(
                actor,
                action,
                "sys_user/" + sysId,
                Map.of(field, ""),
                Map.of(field, Masked.number(e164)),
                Ids.given(request.conversationId()) ? request.conversationId() : ""));
        return Uni.join()
                .all(callers.forget(e164), audited)
                .andCollectFailures()
                .onFailure()
                .invoke(failure -> LOG.warnf("enrolment stands, but not all of its traces do reason=%s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static boolean mayHaveHappened(Throwable failure) {
        return failure instanceof ConnectorException known
                && (known.reason() == FailureReason.UNKNOWN_OUTCOME || known.reason() == FailureReason.VENDOR_FAULT);
    }

    private Optional<String> freeField(ServiceDeskUser user) {
        return serviceNow.enrolFields().stream()
                .filter(field -> user.phones().get(field).isBlank())
                .findFirst();
    }

    private Uni<Enrolment> oneAtATime(String kind, String value, Supplier<Uni<Enrolment>> work) {
        String key = "ib:{enrol:" + hash.hash(kind, value) + "}";
        return lease.holding(
                key,
                LEASE,
                work,
                () -> Uni.createFrom().item(Enrolment.deferred(Enrolment.Reason.BUSY, "")),
                UnsettledWrite.class::isInstance);
    }

    private static Enrolment notDone(ConnectorException failure) {
        return switch (failure.reason()) {
            case FORBIDDEN, REJECTED, CONFLICT -> Enrolment.refused(Enrolment.Reason.SERVICE_DESK_REFUSED, "");
            case NOT_FOUND -> Enrolment.of(Enrolment.Status.NOT_FOUND, "");
            case UNREACHABLE, UNKNOWN_OUTCOME, VENDOR_FAULT, RATE_LIMITED, BREAKER_OPEN, UNAUTHENTICATED ->
                Enrolment.deferred(Enrolment.Reason.SERVICE_DESK_UNAVAILABLE, "");
        };
    }

    /** Whether the number was written is not known, and may change yet. */
    private static final class UnsettledWrite extends RuntimeException {
        UnsettledWrite() {
            super(null, null, false, false);
        }
    }
}
