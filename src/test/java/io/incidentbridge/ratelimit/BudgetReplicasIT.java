package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten times the budget, offered to 1, 2 and 4 replicas of the packaged application: the vendor, whose limit over a
 * sliding window is the budget and a tenth, refuses nothing, nearly all of what each window (with its margin) allows is used,
 * and no caller gets an error. The tenth is for requests that a starved machine holds up on their way (docs/adr/0003); how
 * exact the bound is on a machine of one's own is measured by bench/. What the lanes get of a saturated budget is for BudgetLanesRedisTest.
 */
@Tag("processes")
class BudgetReplicasIT {

    private static final int LIMIT = 200;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    /** Wide, for a machine that does other things as well and stands still now and then; what it costs is its length. */
    private static final Duration MARGIN = Duration.ofMillis(1500);

    private static final int WINDOWS = 2;
    private static final int TENFOLD_PER_SECOND = 10 * LIMIT / (int) PERIOD.toSeconds();

    private static final List<BridgeProcess> REPLICAS = new ArrayList<>();
    private static RedisProcess redis;
    private static VendorSimulation simulation;
    private static Vendors vendors;

    @BeforeAll
    static void startVendors() {
        redis = RedisProcess.start();
        simulation = VendorSimulation.start();
        vendors = simulation.vendors();
        // Without the headers: their limit would be understood as one of an hour, as ServiceNow means it.
        vendors.fail(
                "servicenow",
                """
                {"rateLimit": %d, "rateLimitWindowSeconds": %d, "rateLimitHeaders": false}"""
                        .formatted(LIMIT * 11 / 10, PERIOD.toSeconds()));
    }

    @AfterAll
    static void stopAll() {
        REPLICAS.forEach(BridgeProcess::close);
        if (simulation != null) {
            simulation.close();
        }
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldUseTheBudgetAndNeverExceedItUnderTenfoldLoad(int replicas) {
        while (REPLICAS.size() > replicas) {
            REPLICAS.remove(REPLICAS.size() - 1).close();
        }
        REPLICAS.addAll(BridgeProcess.start(replicas - REPLICAS.size(), properties()));
        warmUp();

        List<Answer> answers;
        int used;
        try (Load load = tenfold()) {
            Load.goOnFor(PERIOD.plus(MARGIN).multipliedBy(WINDOWS));
            used = vendors.arrived("servicenow");
            // Into the burst with which the next window begins.
            Load.goOnFor(Duration.ofSeconds(1));
            answers = load.end();
        }

        assertThat(vendors.answered("servicenow", 429))
                .as("refused by the vendor")
                .isZero();
        assertThat(used).as("used of the windows").isGreaterThanOrEqualTo(85 * WINDOWS * LIMIT / 100);
        assertThat(answers).allMatch(answer -> answer.http() == 200);
        assertThat(answers).extracting(Answer::status).containsOnly("NOT_FOUND", "UNAVAILABLE");
    }

    private static Load tenfold() {
        return Load.offer(TENFOLD_PER_SECOND, REPLICAS, call -> Load.unknownNumber());
    }

    /**
     * The bound rests on requests taking about equally long to the vendor, which they do not while the code is still being
     * compiled (docs/adr/0003). Then the budget rests until it is whole.
     */
    private static void warmUp() {
        Load.warmUp(REPLICAS);
        try (Load load = tenfold()) {
            Load.goOnFor(Duration.ofSeconds(2));
            load.end();
        }
        Load.goOnFor(PERIOD.plus(MARGIN));
        vendors.forgetTraffic();
    }

    private static Map<String, String> properties() {
        String window = "bridge.budget.upstreams.servicenow.windows[0].";
        return simulation.properties(Map.of(
                "quarkus.redis.hosts",
                redis.uri(),
                window + "limit",
                Integer.toString(LIMIT),
                window + "period",
                PERIOD.toSeconds() + "s"));
    }
}
