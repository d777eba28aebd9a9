package io.incidentbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.audit.ChainFinding.Kind;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line;
import io.incidentbridge.sandbox.MutableClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTrailRedisTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String STREAM = "ib:{audit}:stream";
    private static final String HEAD = "ib:{audit}:head";

    private final MutableClock clock = new MutableClock();
    private TestRedis redis;
    private RedisCommands commands;
    private TrailFixture replica;

    @BeforeEach
    void start() {
        redis = new TestRedis();
        commands = redis.commands(DEADLINE);
        replica = new TrailFixture(commands, clock);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void shouldKeepOneChainWhenSeveralReplicasAppendAtOnce() {
        List<TrailFixture> replicas = IntStream.range(0, 4)
                .mapToObj(i -> new TrailFixture(redis.commands(DEADLINE), clock))
                .toList();

        List<Uni<Void>> appends = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            appends.add(replicas.get(i % 4).trail.append(TrailFixture.entry("record/" + i)));
        }
        Uni.join().all(appends).andFailFast().await().atMost(LONGEST);

        ChainReport report = replica.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.entries()).isEqualTo(400);
        assertThat(new HashSet<>(records())).hasSize(400);
    }

    @Test
    void shouldAppendOnceWhenRepliesAreLost() {
        Line line = redis.line(DEADLINE);
        TrailFixture cut = new TrailFixture(line, clock);
        cut.record("record/before");

        line.is(Line.State.LOSING_REPLIES);
        assertThatThrownBy(() -> cut.record("record/lost-reply")).isInstanceOf(RedisUnavailableException.class);
        replica.record("record/of-another-replica");
        line.is(Line.State.UP);
        // Refused at once as long as the replica takes Redis for away, but not lost.
        cut.trail
                .append(TrailFixture.entry("record/after"))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(LONGEST);

        await().atMost(LONGEST).until(() -> records().size() == 4);
        assertThat(records())
                .containsExactly("record/before", "record/lost-reply", "record/of-another-replica", "record/after");
        assertThat(replica.verify().intact()).isTrue();
    }

    @Test
    void shouldAppendLaterWhatCameWhileRedisWasAway() {
        Line line = redis.line(DEADLINE);
        TrailFixture cut = new TrailFixture(line, clock);
        line.is(Line.State.DOWN);

        assertThatThrownBy(() -> cut.record("record/1")).isInstanceOf(RedisUnavailableException.class);
        assertThatThrownBy(() -> cut.record("record/2")).isInstanceOf(RedisUnavailableException.class);
        assertThat(records()).isEmpty();
        line.is(Line.State.UP);

        await().atMost(LONGEST).until(() -> records().size() == 2);
        assertThat(records()).containsExactly("record/1", "record/2");
    }

    @Test
    void shouldTellInTheTrailThatRedisLostEntries() {
        replica.record("record/1");
        replica.record("record/2");
        send(Command.FLUSHALL);

        replica.record("record/3");

        assertThat(records()).containsExactly("audit/trail", "record/3");
        assertThat(replica.all().get(0).field("action")).isEqualTo("audit.entries-lost");
        assertThat(replica.all().get(0).field("before")).contains("\"seq\":\"2\"");
        assertThat(replica.verify().intact()).isTrue();
    }

    @Test
    void shouldFindWhatWasDoneToTheTrailInRedis() {
        for (int i = 1; i <= 5; i++) {
            replica.record("record/" + i);
        }
        TrailFixture stranger = new TrailFixture(commands, clock);
        assertThat(stranger.verify().intact()).isTrue();

        send(Command.XADD, STREAM, "*", "seq", "6", "actor", "nobody");
        assertThat(kinds(stranger.verify())).containsExactly(Kind.OUT_OF_PLACE);

        send(Command.XDEL, STREAM, replica.all().get(2).id());
        assertThat(kinds(stranger.verify())).containsExactly(Kind.MISSING, Kind.OUT_OF_PLACE);

        replica.record("record/6");
        assertThat(kinds(stranger.verify())).containsExactly(Kind.MISSING, Kind.OUT_OF_PLACE);
        assertThat(stranger.verify().to()).isEqualTo(6);
    }

    @Test
    void shouldFindAnEndThatWasCutOffByItselfOrWithTheHead() {
        for (int i = 1; i <= 5; i++) {
            replica.record("record/" + i);
        }
        List<SealedEntry> entries = replica.all();
        TrailFixture stranger = new TrailFixture(commands, clock);

        send(Command.XDEL, STREAM, entries.get(4).id());
        assertThat(kinds(stranger.verify())).containsExactly(Kind.MISSING);

        send(Command.HSET, HEAD, "seq", "4", "mac", entries.get(3).mac());
        assertThat(stranger.verify().intact()).isTrue();
        assertThat(kinds(replica.verify())).containsExactly(Kind.ROLLED_BACK);
        ChainLink fromTheLog = entries.get(4).link();
        assertThat(kinds(stranger.verifier.verify(List.of(fromTheLog)).await().atMost(LONGEST)))
                .containsExactly(Kind.ROLLED_BACK);
    }

    @Test
    void shouldGoOnAfterAHeadThatWasMadeUp() {
        replica.record("record/1");
        send(Command.HSET, HEAD, "seq", "nonsense", "mac", "nonsense");

        replica.record("record/2");

        assertThat(records()).contains("record/2");
        assertThat(replica.verify().intact()).isFalse();
    }

    @Test
    void shouldAlarmUntilAnOperatorAcknowledgesAndAgainForAnythingElse() {
        for (int i = 1; i <= 5; i++) {
            replica.record("record/" + i);
        }
        TrailFixture other = new TrailFixture(commands, clock);
        send(Command.XDEL, STREAM, replica.all().get(4).id());
        send(Command.XDEL, STREAM, replica.all().get(1).id());
        assertThat(other.verify().intact()).isFalse();
        assertThat(replica.verify().intact()).isFalse();

        ChainReport acknowledged = replica.acknowledge("restored from a backup");

        assertThat(kinds(acknowledged)).containsExactly(Kind.MISSING, Kind.MISSING);
        assertThat(replica.verifier.open()).isZero();
        assertThat(other.verifier.open()).isEqualTo(2);
        other.retention.lookForAcknowledgement().await().atMost(LONGEST);
        assertThat(other.verifier.open()).isZero();

        replica.record("record/6");
        assertThat(replica.verify().intact()).isTrue();
        send(Command.XDEL, STREAM, replica.all().get(0).id());
        assertThat(replica.verify().intact()).isFalse();
        assertThat(replica.verifier.open()).isPositive();
    }

    @Test
    void shouldAlarmAfterALossUntilAnOperatorAcknowledges() {
        replica.record("record/1");
        replica.record("record/2");
        send(Command.FLUSHALL);
        replica.record("record/3");
        assertThat(replica.verify().intact()).isTrue();
        assertThat(replica.verifier.open()).isEqualTo(1);

        replica.acknowledge("Redis was restarted without persistence");

        assertThat(replica.verifier.open()).isZero();
    }

    @Test
    void shouldForgetOnlyBehindASealedCheckpoint() {
        replica.record("record/1");
        replica.record("record/2");
        clock.advance(Duration.ofDays(2));
        replica.record("record/3");

        long count = replica.retention
                .forget(clock.instant().minus(Duration.ofDays(1)))
                .await()
                .atMost(LONGEST);

        assertThat(count).isEqualTo(2);
        assertThat(records()).containsExactly("record/3", "audit/trail");
        assertThat(replica.verify().intact()).isTrue();
        assertThat(replica.verify().from()).isEqualTo(3);
        clock.advance(Duration.ofDays(2));
        assertThat(replica.retention.forget(clock.instant()).await().atMost(LONGEST))
                .isEqualTo(2);
        assertThat(replica.verify().intact()).isTrue();

        send(Command.HSET, "ib:{audit}:checkpoint", "seq", "3");
        assertThat(kinds(replica.verify())).contains(Kind.CHECKPOINT);
    }

    @Test
    void shouldForgetNothingWhenNothingIsOldEnough() {
        replica.record("record/1");

        assertThat(replica.retention
                        .forget(clock.instant().minus(Duration.ofDays(1)))
                        .await()
                        .atMost(LONGEST))
                .isZero();
        assertThat(records()).containsExactly("record/1");
    }

    @Test
    void shouldPageThroughTenThousandEntries() {
        List<Uni<Void>> appends = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            appends.add(replica.trail.append(TrailFixture.entry("record/" + i)));
            if (appends.size() == 500) {
                Uni.join().all(appends).andFailFast().await().atMost(LONGEST);
                appends.clear();
                clock.advance(Duration.ofMillis(1));
            }
        }
        AuditReader reader = new AuditReader(replica.store, new ObjectMapper());

        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            AuditPage page =
                    reader.page(new AuditFilter(), cursor, 1000).await().atMost(LONGEST);
            page.entries().forEach(entry -> seen.add(entry.seq()));
            cursor = page.next();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(seen.get(0)).isEqualTo(10_000);
        ChainReport report = replica.verify();
        assertThat(report.intact()).isTrue();
        assertThat(report.entries()).isEqualTo(10_000);
    }

    @Test
    void shouldFilterAndExport() {
        replica.trail
                .append(new AuditTrail.Entry(
                        "alice",
                        "emergency.forced",
                        "emergency/default",
                        Map.of(),
                        Map.of("reason", "=1+1, \"now\""),
                        ""))
                .await()
                .atMost(LONGEST);
        replica.record("record/1");
        replica.record("record/2");
        AuditReader reader = new AuditReader(replica.store, new ObjectMapper());
        AuditFilter filter = new AuditFilter();
        filter.action = "emergency.*";

        AuditPage page = reader.page(filter, null, 100).await().atMost(LONGEST);

        assertThat(page.entries()).extracting(AuditEntry::actor).containsExactly("alice");
        assertThat(page.entries().get(0).after()).containsEntry("reason", "=1+1, \"now\"");
        assertThat(page.next()).isEmpty();
        filter.action = "test.done";
        assertThat(reader.jsonLines(filter).collect().asList().await().atMost(LONGEST))
                .hasSize(2)
                .allMatch(line -> line.endsWith("}") && line.contains("\"before\":{\"a\":\"1\"}"));
        filter.action = null;
        filter.record = "record/1";
        assertThat(reader.csv(filter).collect().asList().await().atMost(LONGEST))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"{\"\"a\"\":\"\"1\"\"}\"");
    }

    @Test
    void shouldGiveAShortPageACursorThatLeadsOn() {
        Stream.of("1", "2", "3", "4", "5").forEach(i -> replica.record("record/" + i));
        AuditReader reader = new AuditReader(replica.store, new ObjectMapper());

        AuditPage first = reader.page(new AuditFilter(), null, 3).await().atMost(LONGEST);
        AuditPage second =
                reader.page(new AuditFilter(), first.next(), 3).await().atMost(LONGEST);

        assertThat(first.entries()).extracting(AuditEntry::seq).containsExactly(5L, 4L, 3L);
        assertThat(second.entries()).extracting(AuditEntry::seq).containsExactly(2L, 1L);
        assertThat(second.next()).isEmpty();
    }

    private List<String> records() {
        return replica.all().stream().map(entry -> entry.field("record")).toList();
    }

    private static List<Kind> kinds(ChainReport report) {
        return report.findings().stream().map(ChainFinding::kind).toList();
    }

    private void send(Command command, String... arguments) {
        commands.send(command, arguments).await().atMost(LONGEST);
    }
}
