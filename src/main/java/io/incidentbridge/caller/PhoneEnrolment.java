package io.incidentbridge.caller;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.ServiceDeskUser;
import io.incidentbridge.metrics.BridgeMetrics;
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

/**
 * Adds a calling number to the profile of the user who typed an employee id. Never overwrites a number, never takes one
 * that an active user has: both are looked up anew under a lease on the number and one on the user, so that neither two
 * calls with one number nor two numbers for one user can pass each other.
 */
@ApplicationScoped
class PhoneEnrolment {

    /** Above three reads and a write at their longest. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ServiceNowConnector serviceNow;
    private final PhoneNumbers numbers;
    private final CallerLookup callers;
    private final Lease lease;
    private final KeyedHash hash;
    private final AuditTrail audit;
    private final CallerConfig config;
    private final BridgeMetrics metrics;

    PhoneEnrolment(
            ServiceNowConnector serviceNow,
            PhoneNumbers numbers,
            CallerLookup callers,
            Lease lease,
            KeyedHash hash,
            AuditTrail audit,
            CallerConfig config,
            BridgeMetrics metrics) {
        this.serviceNow = serviceNow;
        this.numbers = numbers;
        this.callers = callers;
        this.lease = lease;
        this.hash = hash;
        this.audit = audit;
        this.config = config;
        this.metrics = metrics;
    }

    /** @param actor the client that asks, for the audit trail */
    Uni<Enrolment> enrol(EnrolRequest request, String actor) {
        Optional<String> e164 = numbers.toE164(request.ani());
        Uni<Enrolment> enrolment = e164.isEmpty()
                ? Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.NUMBER_UNREADABLE, ""))
                : oneAtATime("number", e164.get(), () -> forUser(request, e164.get(), actor));
        return enrolment
                .ifNoItem()
                .after(config.enrolDeadline())
                .recoverWithItem(() -> Enrolment.deferred(Enrolment.Reason.SERVICE_DESK_UNAVAILABLE, ""))
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> notDone((ConnectorException) failure))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(() -> Enrolment.deferred(Enrolment.Reason.BRIDGE_UNAVAILABLE, ""))
                .invoke(done -> metrics.enrolment(done.status().name()));
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
        return serviceNow.setPhone(sysId, field, e164).flatMap(stored -> {
            if (!numbers.isSame(e164, stored.phones().get(field))) {
                return Uni.createFrom().item(Enrolment.refused(Enrolment.Reason.SERVICE_DESK_REFUSED, sysId));
            }
            return Uni.join()
                    .all(callers.forget(e164), record(sysId, field, request, e164, actor))
                    .andCollectFailures()
                    .onFailure()
                    .recoverWithNull()
                    .replaceWith(Enrolment.of(Enrolment.Status.ENROLLED, sysId));
        });
    }

    private Uni<Void> record(String sysId, String field, EnrolRequest request, String e164, String actor) {
        return audit.append(new AuditTrail.Entry(
                actor,
                "caller.enrolled",
                "sys_user/" + sysId,
                Map.of(field, ""),
                Map.of(field, Masked.number(e164)),
                Ids.given(request.conversationId()) ? request.conversationId() : ""));
    }

    private Optional<String> freeField(ServiceDeskUser user) {
        return serviceNow.enrolFields().stream()
                .filter(field -> user.phones().get(field).isBlank())
                .findFirst();
    }

    private Uni<Enrolment> oneAtATime(String kind, String value, Supplier<Uni<Enrolment>> work) {
        String key = "ib:{enrol:" + hash.hash(kind, value) + "}";
        return lease.holding(
                key, LEASE, work, () -> Uni.createFrom().item(Enrolment.deferred(Enrolment.Reason.BUSY, "")));
    }

    private static Enrolment notDone(ConnectorException failure) {
        return switch (failure.reason()) {
            case FORBIDDEN, REJECTED -> Enrolment.refused(Enrolment.Reason.SERVICE_DESK_REFUSED, "");
            case NOT_FOUND -> Enrolment.of(Enrolment.Status.NOT_FOUND, "");
            case UNREACHABLE, UNKNOWN_OUTCOME, VENDOR_FAULT, RATE_LIMITED, BREAKER_OPEN, UNAUTHENTICATED ->
                Enrolment.deferred(Enrolment.Reason.SERVICE_DESK_UNAVAILABLE, "");
        };
    }
}
