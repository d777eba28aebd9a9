package io.incidentbridge.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.emergency.ClaimEvent.Kind;
import io.incidentbridge.emergency.FakeTarget.Fault;
import io.incidentbridge.emergency.target.Routing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is told of incidents, in whatever order and however often, with passes that fail in every way, lost leases,
 * other administrators and minutes without anything in between: once Genesys is healthy, a pass leaves it as the open incidents demand.
 */
class EmergencyPropertyRedisTest {

    private static final int INCIDENTS = 3;
    private static EmergencyFixture fixture;

    enum Act {
        TELL,
        PASS,
        FAULTY_PASS,
        PASS_LOSING_ITS_LEASE,
        BY_HAND,
        TIME_PASSES
    }

    /**
     * @param second of the event; the same for several, so that equal times occur
     * @param active what another administrator sets; of an end, whether the API tells it instead of the incident's source
     */
    record Step(Act act, int incident, Kind kind, int second, Fault fault, boolean active) {}

    /** What one incident should come to, in plain Java: the whole history is looked at, in no order. */
    private static final class Model {

        private final Map<Kind, Integer> latest = new HashMap<>();
        private int endedByTheApi = -1;

        void tell(Kind kind, int second, boolean byTheApi) {
            if (byTheApi) {
                endedByTheApi = Math.max(endedByTheApi, second);
            } else {
                latest.merge(kind, second, Math::max);
            }
        }

        boolean isOpen() {
            int opened = at(Kind.ACTIVATE, Kind.REOPEN, Kind.MOVE);
            int withdrawn = at(Kind.WITHDRAW, Kind.REOPEN_WITHDRAWN, Kind.MOVE_WITHDRAWN);
            int endedByItsSource = at(Kind.RESOLVE);
            int lifted = endedByItsSource >= endedByTheApi
                    ? at(Kind.REOPEN, Kind.REOPEN_WITHDRAWN, Kind.MOVE, Kind.MOVE_WITHDRAWN)
                    : at(Kind.REOPEN, Kind.REOPEN_WITHDRAWN);
            int ended = Math.max(endedByItsSource, endedByTheApi);
            return opened > withdrawn && (ended < 0 || lifted > ended);
        }

        private int at(Kind... kinds) {
            return Stream.of(kinds)
                    .mapToInt(kind -> latest.getOrDefault(kind, -1))
                    .max()
                    .orElseThrow();
        }
    }

    @BeforeContainer
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterContainer
    static void stop() {
        fixture.close();
    }

    @Property(tries = 150)
    void shouldEndAsTheOpenIncidentsDemand(@ForAll("steps") List<Step> steps) {
        live(Map.of(), steps);
    }

    @Property(tries = 75)
    void shouldEndSoWithoutOtherAdministratorsWhereTheirChangesAreLeft(@ForAll("stepsOfTheBridge") List<Step> steps) {
        live(Map.of("bridge.emergency.groups.default.drift", "REPORT"), steps);
    }

    private static void live(Map<String, String> properties, List<Step> steps) {
        fixture.fresh(properties, 1);
        Map<Integer, Model> models = new HashMap<>();
        for (Step step : steps) {
            take(step, models);
        }
        fixture.target.fault(Fault.NONE);
        fixture.freeLease();
        fixture.forcedPass();

        Set<String> open = new HashSet<>();
        models.forEach((incident, model) -> {
            if (model.isOpen()) {
                open.add("q" + incident);
            }
        });
        assertThat(fixture.target.routing().active()).isEqualTo(!open.isEmpty());
        assertThat(fixture.target.routing().queueIds()).containsExactlyInAnyOrderElementsOf(open);
        assertThat(fixture.result().settled()).isTrue();
        assertNoFalseSuccess();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return stepsWith(Act.BY_HAND);
    }

    @Provide
    Arbitrary<List<Step>> stepsOfTheBridge() {
        return stepsWith(Act.PASS);
    }

    private static Arbitrary<List<Step>> stepsWith(Act rare) {
        Arbitrary<Act> acts = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Act.TELL)),
                Tuple.of(3, Arbitraries.just(Act.PASS)),
                Tuple.of(2, Arbitraries.just(Act.FAULTY_PASS)),
                Tuple.of(1, Arbitraries.just(Act.PASS_LOSING_ITS_LEASE)),
                Tuple.of(1, Arbitraries.just(rare)),
                Tuple.of(2, Arbitraries.just(Act.TIME_PASSES)));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, INCIDENTS - 1),
                        Arbitraries.of(
                                Kind.ACTIVATE,
                                Kind.ACTIVATE,
                                Kind.REOPEN,
                                Kind.REOPEN_WITHDRAWN,
                                Kind.MOVE,
                                Kind.MOVE_WITHDRAWN,
                                Kind.WITHDRAW,
                                Kind.RESOLVE,
                                Kind.RESOLVE),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(Fault.class),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(25);
    }

    private static void take(Step step, Map<Integer, Model> models) {
        switch (step.act()) {
            case TELL -> {
                boolean byTheApi = step.kind() == Kind.RESOLVE && step.active();
                fixture.tell(
                        byTheApi ? "api" : "jira",
                        step.kind(),
                        "INC" + step.incident(),
                        step.second(),
                        "q" + step.incident());
                models.computeIfAbsent(step.incident(), first -> new Model())
                        .tell(step.kind(), step.second(), byTheApi);
            }
            case PASS -> fixture.pass();
            case FAULTY_PASS -> {
                fixture.target.fault(step.fault());
                fixture.pass();
                if (step.fault() != Fault.PENDING) {
                    fixture.target.fault(Fault.NONE);
                }
            }
            case PASS_LOSING_ITS_LEASE -> {
                fixture.target.beforeApply(fixture::loseLease);
                fixture.pass();
                fixture.target.beforeApply(() -> {});
                fixture.freeLease();
            }
            // In all less than any incident's ttl.
            case TIME_PASSES -> fixture.timePasses(Duration.ofSeconds(10L * step.second()));
            case BY_HAND ->
                fixture.target.setByHand(step.active() ? new Routing(true, List.of("hand"), 1) : Routing.INACTIVE);
        }
    }

    /** Each state that the trail claims for Genesys was there: the target keeps every one it ever had. */
    private static void assertNoFalseSuccess() {
        Set<String> had = fixture.target.history();
        fixture.audit.entries().stream()
                .filter(entry -> Set.of(
                                "emergency.activated", "emergency.changed", "emergency.ended", "emergency.repaired")
                        .contains(entry.action()))
                .forEach(entry -> assertThat(had)
                        .contains(entry.after().get("state") + " "
                                + entry.after().get("queueIds") + " "
                                + entry.after().get("lastUpdated")));
    }
}
