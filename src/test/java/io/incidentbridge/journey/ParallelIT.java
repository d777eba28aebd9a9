package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 50 and 200 Data Actions at once, each for another number, on one replica of the packaged application, while ServiceNow
 * takes 150 ms as the median and half a second now and then: every one is answered, none is lost in a pool or a queue. How
 * long that takes is for the benchmark: time is no bound here, as a machine that is busy otherwise would break it.
 */
@Tag("processes")
class ParallelIT {

    private static final int USERS = 500;

    private static RedisProcess redis;
    private static VendorSimulation simulation;
    private static BridgeProcess bridge;
    private static int nextUser;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        simulation = VendorSimulation.start();
        Vendors vendors = simulation.vendors();
        vendors.send("POST", "/sandbox/servicenow/sandbox-seed?users=" + USERS, null);
        bridge = BridgeProcess.start(simulation.properties(Map.of(
                "quarkus.redis.hosts",
                redis.uri(),
                "bridge.redis.deadline",
                "2s",
                "bridge.caller.deadline",
                "20s",
                "quarkus.fault-tolerance.\"io.incidentbridge.servicenow.ServiceNowTables/list\".timeout.value",
                "10000")));
        // A replica that has just started runs its code for the first time; 50 calls at once are no such moment.
        Load.warmUp(List.of(bridge));
        IntStream.range(0, 6).forEach(round -> atOnce(50));
        vendors.fail("servicenow", "{\"latencyMs\":150, \"latencySigma\":0.5, \"rateLimit\":1000000}");
    }

    @AfterAll
    static void stop() {
        if (bridge != null) {
            bridge.close();
        }
        if (simulation != null) {
            simulation.close();
        }
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 200})
    void shouldAnswerAllDataActionsAtOnce(int count) {
        List<Answer> answers = atOnce(count);

        assertThat(answers).hasSize(count).allMatch(answer -> answer.http() == 200);
        assertThat(answers)
                .filteredOn(answer -> answer.status().equals("FOUND"))
                .hasSize(count / 2);
        assertThat(answers)
                .filteredOn(answer -> answer.status().equals("NOT_FOUND"))
                .hasSize(count / 2);
    }

    /** Half of the numbers are users', all are asked for the first time. */
    private static List<Answer> atOnce(int count) {
        List<CompletableFuture<Answer>> calls = IntStream.range(0, count)
                .mapToObj(call -> call % 2 == 0 ? KnownNumbers.generated(nextUser++) : Load.unknownNumber())
                .map(number -> Load.lookup(bridge, number))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }
}
