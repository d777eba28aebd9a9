package io.incidentbridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ClientBreakers;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Reads and writes of ServiceNow's tables under the client breaker, one per kind of call. Reads are repeated once, writes
 * never: what became of a write is found out by whoever wrote. The numbers are defaults, tunable as
 * docs/configuration.md says; the bulkhead stays below the 54 transactions that one node runs and queues
 * (reference: API_INT semaphores).
 */
@ApplicationScoped
class ServiceNowTables {

    private static final long READ_TIMEOUT_MS = 2000;
    private static final long WRITE_TIMEOUT_MS = 8000;

    private final ServiceNowClient client;
    private final AggregateClient aggregates;
    private final ClientBreakers breakers;

    ServiceNowTables(
            @RestClient ServiceNowClient client, @RestClient AggregateClient aggregates, ClientBreakers breakers) {
        this.client = client;
        this.aggregates = aggregates;
        this.breakers = breakers;
    }

    @Retry(
            maxRetries = 1,
            delay = 20,
            jitter = 20,
            maxDuration = 2 * READ_TIMEOUT_MS,
            retryOn = ConnectorException.Ailing.class)
    @CircuitBreakerName(ClientBreakers.SERVICENOW_READ)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {ConnectorException.Ailing.class, ConnectorException.Unproven.class, TimeoutException.class})
    @Timeout(READ_TIMEOUT_MS)
    @Bulkhead(value = 48, waitingTaskQueue = 1000)
    Uni<List<Row>> list(BudgetRequest budget, String table, EncodedQuery query, List<String> fields, int limit) {
        Uni<JsonNode> attempt = Attempt.of(
                ServiceNowConnector.VENDOR,
                () -> client.list(
                        budget.header(),
                        table,
                        String.join(",", fields),
                        limit,
                        ServiceNowClient.RAW,
                        true,
                        true,
                        true,
                        query.encoded()));
        return breakers.proving(ClientBreakers.SERVICENOW_READ, attempt).map(answer -> rows(answer.path("result")));
    }

    /** How many records match, by their raw values of a column. Without a breaker: only reports ask, and nobody waits on the phone. */
    @Timeout(READ_TIMEOUT_MS)
    @Bulkhead(value = 4, waitingTaskQueue = 20)
    Uni<Map<String, Long>> count(BudgetRequest budget, String table, EncodedQuery query, String groupBy) {
        return Attempt.of(
                        ServiceNowConnector.VENDOR,
                        () -> aggregates.count(budget.header(), table, query.toString(), groupBy, true))
                .map(answer -> groups(answer.path("result"), groupBy));
    }

    @CircuitBreakerName(ClientBreakers.SERVICENOW_WRITE)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {ConnectorException.Ailing.class, ConnectorException.Unproven.class, TimeoutException.class})
    @Timeout(WRITE_TIMEOUT_MS)
    @Bulkhead(value = 16, waitingTaskQueue = 1000)
    Uni<Row> write(BudgetRequest budget, Change change) {
        String fields = String.join(",", change.fields());
        Uni<JsonNode> attempt = Attempt.of(
                ServiceNowConnector.VENDOR,
                () -> change.sysId().isEmpty()
                        ? client.create(budget.header(), change.table(), fields, true, change.values())
                        : client.update(
                                budget.header(), change.table(), change.sysId(), fields, true, change.values()));
        return breakers.proving(ClientBreakers.SERVICENOW_WRITE, attempt).map(answer -> written(answer.path("result")));
    }

    private static List<Row> rows(JsonNode result) {
        return list(result).map(Row::new).toList();
    }

    private static Map<String, Long> groups(JsonNode result, String field) {
        return list(result)
                .collect(Collectors.toMap(
                        group -> value(group.path("groupby_fields"), field),
                        group -> group.path("stats").path("count").asLong(),
                        Long::sum));
    }

    private static String value(JsonNode groupedBy, String field) {
        return StreamSupport.stream(groupedBy.spliterator(), false)
                .filter(grouped -> grouped.path("field").asText().equals(field))
                .map(grouped -> grouped.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private static Stream<JsonNode> list(JsonNode result) {
        if (!result.isArray()) {
            throw ConnectorException.of(
                    ServiceNowConnector.VENDOR, FailureReason.VENDOR_FAULT, "no result list in the answer", null);
        }
        return StreamSupport.stream(result.spliterator(), false);
    }

    /** An answer without a record leaves open what has been written. */
    private static Row written(JsonNode result) {
        Row row = new Row(result);
        if (row.text("sys_id").isEmpty()) {
            throw ConnectorException.of(
                    ServiceNowConnector.VENDOR, FailureReason.VENDOR_FAULT, "no record in the answer", null);
        }
        return row;
    }

    /**
     * A write of one record.
     *
     * @param sysId  of the record, "" for a new one
     * @param values raw values by column
     * @param fields columns the answer shall have, {@code sys_id} among them
     */
    record Change(String table, String sysId, Map<String, String> values, List<String> fields) {}

    /** A record as ServiceNow sends it: every value a string, absent ones empty. */
    record Row(JsonNode fields) {
        String text(String field) {
            return fields.path(field).asText("");
        }
    }
}
