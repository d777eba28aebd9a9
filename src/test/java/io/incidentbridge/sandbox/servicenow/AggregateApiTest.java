package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateApiTest {

    private final SimulatedInstance instance = new SimulatedInstance();

    AggregateApiTest() {
        add("1", "1", 4);
        add("2", "1", 6);
        add("3", "3", 1);
    }

    private void add(String impact, String urgency, int calls) {
        instance.create(new JsonObject()
                .put("correlation_display", "aggregate")
                .put("impact", impact)
                .put("urgency", urgency)
                .put("u_calls_noted", calls));
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private String stats(String parameters) {
        return instance.get("/api/now/stats/incident?sysparm_query=correlation_display%3Daggregate&" + parameters)
                .body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sysparm_count=true|{\"result\":{\"stats\":{\"count\":\"3\"}}}",
                "sysparm_group=x|{\"result\":{\"stats\":{}}}",
                "sysparm_avg_fields=u_calls_noted,bogus|{\"result\":{\"stats\":{\"avg\":{\"u_calls_noted\":\"3.6667\"}}}}",
                "sysparm_sum_fields=u_calls_noted&sysparm_min_fields=priority&sysparm_max_fields=priority"
                        + "|{\"result\":{\"stats\":{\"min\":{\"priority\":\"1\"},\"max\":{\"priority\":\"5\"},"
                        + "\"sum\":{\"u_calls_noted\":\"11\"}}}}",
                "sysparm_count=true&sysparm_group_by=urgency|{\"result\":["
                        + "{\"stats\":{\"count\":\"2\"},\"groupby_fields\":[{\"field\":\"urgency\",\"value\":\"1\"}]},"
                        + "{\"stats\":{\"count\":\"1\"},\"groupby_fields\":[{\"field\":\"urgency\",\"value\":\"3\"}]}]}",
                "sysparm_count=true&sysparm_group_by=urgency&sysparm_display_value=true"
                        + "&sysparm_having=count%5Eurgency%5E%3E%5E1"
                        + "|{\"result\":[{\"stats\":{\"count\":\"2\"},"
                        + "\"groupby_fields\":[{\"field\":\"urgency\",\"value\":\"1 - High\"}]}]}",
            })
    void shouldComputeWhatIsAskedFor(String parameters, String body) {
        assertThat(stats(parameters)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 3", "COUNT%5EDESC, 1", "AVG%5Eu_calls_noted, 3", "urgency%5EDESC, 3", "urgency, 1"})
    void shouldOrderGroups(String orderBy, String firstUrgency) {
        String body = stats("sysparm_count=true&sysparm_group_by=urgency&sysparm_order_by=" + orderBy);

        assertThat(new JsonObject(body)
                        .getJsonArray("result")
                        .getJsonObject(0)
                        .getJsonArray("groupby_fields")
                        .getJsonObject(0)
                        .getString("value"))
                .isEqualTo(firstUrgency);
    }

    @Test
    void shouldAnswerTheVersionedAddressToo() {
        assertThat(instance.get("/api/now/v1/stats/incident?sysparm_count=true").statusCode())
                .isEqualTo(200);
    }
}
