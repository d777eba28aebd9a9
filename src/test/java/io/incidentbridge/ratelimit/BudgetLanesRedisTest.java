package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lanes get of 1,000 requests a minute, with the defaults, minute by minute of a made-up time. */
class BudgetLanesRedisTest {

    private static final int LIMIT = 1000;
    private static final long PERIOD = 60_000;
    private static final long BEAT = 250;

    private static TestRedis redis;
    private static TestRedis.Line admin;

    private World world;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        admin = redis.line(Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void begin() {
        world = new World(redis, admin, TestBudgets.config(LIMIT, "60s", "250ms"));
        world.pass(2000);
    }

    @Test
    void shouldUseTheBudgetWhenNothingButTicketsIsOffered() {
        // given
        minutes(1, Lane.TICKET);

        // when
        int used = minutes(2, Lane.TICKET);

        // then
        assertThat(used).isGreaterThan((int) (2 * 0.95 * LIMIT));
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void shouldServeEveryLookupWithinASecondWhileTicketsAreSaturated() {
        // given
        minutes(2, Lane.TICKET);

        // when: six a second, all of a sudden
        int waiting = 0;
        int longestQueue = 0;
        for (int second = 0; second < 60; second++) {
            waiting += 6;
            for (int beat = 0; beat < 4; beat++) {
                step();
                world.take(0, Lane.TICKET, 10, 0);
                waiting -= world.take(0, Lane.LOOKUP, waiting, 0);
            }
            longestQueue = Math.max(longestQueue, waiting);
        }

        // then
        assertThat(longestQueue).isLessThan(6);
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void shouldNotLetBackgroundWorkCrowdTickets() {
        // given
        minutes(2, Lane.BACKGROUND);

        // when
        minutes(1, Lane.BACKGROUND, Lane.TICKET);
        int tickets = 0;
        for (int i = 0; i < PERIOD / BEAT; i++) {
            step();
            world.take(0, Lane.BACKGROUND, 10, 0);
            tickets += world.take(0, Lane.TICKET, 10, 0);
        }

        // then
        assertThat(tickets).isGreaterThan((int) (0.85 * LIMIT));
    }

    @Test
    void shouldLetAnEmergencyThroughWhateverElseIsOffered() {
        // given
        minutes(2, Lane.BACKGROUND, Lane.TICKET, Lane.LOOKUP);

        // when
        int admitted = world.take(0, Lane.EMERGENCY, 8, 0);

        // then
        assertThat(admitted).isEqualTo(8);
    }

    @Test
    void shouldAdmitAFullBurstOfLookups() {
        // when
        int admitted = 0;
        for (int beat = 0; beat < 8; beat++) {
            step();
            admitted += world.take(0, Lane.LOOKUP, 1000 - admitted, 0);
        }

        // then
        assertThat(admitted).isGreaterThan((int) (0.97 * LIMIT));
    }

    /** Offers more than can be served for a while, and says how much was. */
    private int minutes(int minutes, Lane... lanes) {
        int before = world.vendor().total();
        for (int i = 0; i < minutes * PERIOD / BEAT; i++) {
            step();
            for (Lane lane : lanes) {
                world.take(0, lane, 10, 0);
            }
        }
        return world.vendor().total() - before;
    }

    private void step() {
        world.stall(BEAT);
        world.beat(0);
    }
}
