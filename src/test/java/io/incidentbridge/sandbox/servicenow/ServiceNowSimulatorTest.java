package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNowSimulatorTest {

    private final SimulatedInstance instance = new SimulatedInstance();

    @AfterEach
    void close() {
        instance.close();
    }

    private JsonObject state() {
        return new JsonObject(instance.send(instance.bare("/sandbox-state")).body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/now/table/incident, GET incident",
        "PATCH, /api/now/v2/table/incident/0123, PATCH incident",
        "GET, /api/now/table/0123456789, GET other",
        "GET, /api/now/stats/incident, GET stats incident",
        "POST, /api/now/v1/batch, POST other",
        "POST, /oauth_token.do, POST oauth_token",
        "GET, /incident.do, GET page",
    })
    void shouldNameOperationsWithoutIds(String method, String path, String operation) {
        assertThat(instance.simulator.operation(method, path)).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/now/table/incident, sandbox, true",
        "/api/now/table/incident, unknown, true",
        "/api/now/table/incident, observer, false",
        "/oauth_token.do, sandbox, false",
        "/incident.do?sys_id=x, sandbox, false",
        "/now/nav/ui/classic/params/target/incident.do, sandbox, false",
        "/sandbox-state, sandbox, false",
    })
    void shouldMeterApiRequestsOfAnyoneButTheObserver(String path, String user, boolean metered) {
        instance.send(instance.bare(path).header("Authorization", SimulatedInstance.basic(user, user)));

        assertThat(instance.metered).isEqualTo(metered);
        assertThat(instance.client).isEqualTo(user.equals("unknown") ? "" : user);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 502, 503})
    void shouldHaveAnErrorDocumentForEveryFault(int status) {
        assertThat(instance.simulator.error(status, 30).fieldNames()).containsExactly("error", "status");
    }

    @Test
    void shouldShowWhatQueriesGotThrough() {
        instance.list("incident", "caller_id=javascript:gs.getUserID()^bogus=1");

        assertThat(state().getInteger("javascriptEvaluations")).isEqualTo(1);
        assertThat(state().getInteger("ignoredTerms")).isEqualTo(1);
        assertThat(instance.simulator.javascriptEvaluations()).isEqualTo(1);
        assertThat(instance.simulator.ignoredTerms()).isEqualTo(1);
    }

    @Test
    void shouldGoBackToTheSeedData() {
        String seeded = state().encode();
        instance.create(new JsonObject().put("work_notes", "x"));
        instance.simulator.addGeneratedUsers(10);

        instance.simulator.reset();

        assertThat(state().encode()).isEqualTo(seeded);
    }

    @Test
    void shouldSearchAHundredThousandUsersInNoTime() {
        instance.send(instance.bare("/sandbox-seed?users=100000").POST(HttpRequest.BodyPublishers.noBody()));
        String path =
                "/api/now/table/sys_user?sysparm_query=phoneENDSWITH99999^ORmobile_phoneLIKE999999".replace("^", "%5E");
        instance.get(path);

        long start = System.nanoTime();
        int status = instance.get(path).statusCode();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(status).isEqualTo(200);
        assertThat(state().getInteger("users")).isGreaterThan(100_000);
        // Some 20 ms on a laptop; the bound is for a busy build machine.
        assertThat(taken).isLessThan(Duration.ofMillis(1000));
    }

    @Test
    void shouldRefuseToSeedNonsense() {
        HttpRequest.Builder request = instance.bare("/sandbox-seed?users=-1").POST(HttpRequest.BodyPublishers.noBody());

        assertThat(instance.send(request).statusCode()).isEqualTo(400);
    }
}
