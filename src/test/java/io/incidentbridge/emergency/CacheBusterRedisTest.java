package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyFixture.GROUP;
import static io.incidentbridge.emergency.EmergencyFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executions of a Data Action that hangs, in an emergency of two groups. */
class CacheBusterRedisTest {

    private static final String OTHER = "other";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static EmergencyFixture fixture;

    private final List<UniEmitter<? super Void>> executions = new CopyOnWriteArrayList<>();
    private CacheBuster buster;

    @BeforeAll
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void activate() {
        Map<String, String> properties = new HashMap<>();
        for (String group : List.of(GROUP, OTHER)) {
            String prefix = "bridge.emergency.groups." + group + ".";
            properties.put(prefix + "targets[0].kind", "EMERGENCY_ROUTING");
            properties.put(prefix + "cache-bust.action-id", "bust");
            properties.put(prefix + "cache-bust.every", "1ms");
        }
        fixture.fresh(properties, 1);
        fixture.tell(ClaimEvent.Kind.ACTIVATE, "INC1", 10, "q1");
        fixture.pass();
        buster = new CacheBuster(
                fixture.store,
                (action, input) -> Uni.createFrom().emitter(executions::add),
                EmergencyFixture.config(properties));
    }

    @Test
    void shouldHaveOneUnderWayForEachGroup() {
        begin(GROUP, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(await(buster.bust(GROUP, fixture.snapshot()))).isFalse();
        }

        begin(OTHER, 2);
    }

    @Test
    void shouldGoOnWhenOneHasEnded() {
        CompletableFuture<Boolean> first = begin(GROUP, 1);
        executions.get(0).complete(null);
        assertThat(first).isCompletedWithValue(true);

        CompletableFuture<Boolean> second = begin(GROUP, 2);
        executions.get(1).fail(new IllegalStateException("as the test wants"));
        assertThat(second).isCompletedExceptionally();

        begin(GROUP, 3);
    }

    /** Asks until it is this replica's turn. */
    private CompletableFuture<Boolean> begin(String group, int executionsThen) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ask(group, executionsThen), asked -> executions.size() == executionsThen);
    }

    private CompletableFuture<Boolean> ask(String group, int executionsThen) {
        CompletableFuture<Boolean> asked =
                buster.bust(group, fixture.snapshot()).subscribeAsCompletionStage();
        Awaitility.await().atMost(PATIENCE).until(() -> asked.isDone() || executions.size() == executionsThen);
        return asked;
    }
}
