package io.incidentbridge.itsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.BudgetSpentException;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.incidentbridge.security.TokenCache.Token;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/** One request to a vendor: authorised just before it is sent, its failure reduced to a {@link FailureReason}. */
public final class Attempt {

    private Attempt() {}

    /** The call, and once more when the vendor refused the credential: by then a fresh one is resolved. */
    public static <T> Uni<T> of(String vendor, Supplier<Uni<T>> call) {
        return translated(vendor, call)
                .onFailure(Attempt::unauthenticated)
                .recoverWithUni(() -> translated(vendor, call));
    }

    /** Holds the request back until the credential is there. */
    public static void authorise(ResteasyReactiveClientRequestContext request, Uni<String> authorization) {
        request.suspend();
        authorization
                .subscribe()
                .with(
                        value -> {
                            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
                            request.resume();
                        },
                        request::resume);
    }

    /**
     * As above, and until the vendor's budget has room for it: the budget comes last, so that what it counts is sent at
     * once. Refused with {@link FailureReason#RATE_LIMITED} before anything is sent when there is no room in time.
     *
     * @param scope the table, or "" for none
     */
    public static void authorise(
            ResteasyReactiveClientRequestContext request,
            Uni<String> authorization,
            UpstreamBudget budget,
            String vendor,
            String scope) {
        BudgetRequest asked = BudgetRequest.parse(request.getHeaderString(BudgetRequest.HEADER));
        request.getHeaders().remove(BudgetRequest.HEADER);
        authorise(request, authorization.call(() -> room(budget, vendor, scope, asked)));
    }

    /** Holds a login back until the vendor's budget has room for it. */
    public static void login(
            ResteasyReactiveClientRequestContext request, UpstreamBudget budget, String vendor, BudgetRequest asked) {
        request.suspend();
        room(budget, vendor, "", asked).subscribe().with(admitted -> request.resume(), request::resume);
    }

    private static Uni<Void> room(UpstreamBudget budget, String vendor, String scope, BudgetRequest asked) {
        return budget.take(vendor, scope, asked)
                .onFailure(BudgetSpentException.class)
                .transform(spent -> new ConnectorException.Unsent(
                        vendor, spent.getMessage(), ((BudgetSpentException) spent).retryAfter()));
    }

    /** A login: its answer's {@code access_token}, valid for its {@code expires_in} seconds (RFC 6749, section 5.1). */
    public static Uni<Token> login(
            String vendor, Supplier<Uni<JsonNode>> call, Duration longest, Supplier<Instant> clock) {
        return translated(vendor, () -> call.get().ifNoItem().after(longest).fail())
                .map(answer -> issued(vendor, answer, clock.get()));
    }

    private static Token issued(String vendor, JsonNode answer, Instant now) {
        String value = answer.path("access_token").asText();
        if (value.isEmpty()) {
            throw ConnectorException.of(vendor, FailureReason.VENDOR_FAULT, "no access_token in the answer", null);
        }
        return Token.issued(
                value, now, Duration.ofSeconds(answer.path("expires_in").asLong(0)));
    }

    private static <T> Uni<T> translated(String vendor, Supplier<Uni<T>> call) {
        return call.get().onFailure().transform(thrown -> Failures.of(vendor, thrown));
    }

    private static boolean unauthenticated(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.UNAUTHENTICATED;
    }
}
