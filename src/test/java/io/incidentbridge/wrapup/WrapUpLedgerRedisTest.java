package io.incidentbridge.wrapup;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.outbox.OutboxFixture;
import io.incidentbridge.redis.CountedCommands;
import io.incidentbridge.wrapup.WrapUpLedger.Entry;
import io.incidentbridge.wrapup.WrapUpLedger.Page;
import io.vertx.mutiny.redis.client.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accepted wrap-ups on a real Redis, many of them. */
class WrapUpLedgerRedisTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T09:00:00Z");

    /** Records "1", "2", ... of a shard, each one accepted so many milliseconds after the one before. */
    private static final String RECORDS =
            """
            for i = 1, tonumber(ARGV[1]) do
              local hash = string.format('%s%031x', ARGV[2], i)
              local prefix = 'ib:{outbox:' .. ARGV[2] .. '}:'
              redis.call('HSET', prefix .. 'wrapup:' .. hash, 'conversation', ARGV[2] .. '-' .. i, 'decision', 'TICKET',
                'revision', '1')
              redis.call('ZADD', prefix .. 'wrapups', string.format('%.0f', ARGV[3] + i * ARGV[4]), hash)
            end
            return 'OK'
            """;

    private static OutboxFixture fixture;
    private static WrapUpLedger ledger;

    @BeforeAll
    static void start() {
        fixture = new OutboxFixture(Map.of());
        ledger = new WrapUpLedger(fixture.outbox(), fixture.redis().commands());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void empty() {
        fixture.redis().call(Command.FLUSHALL);
    }

    @Test
    void shouldReadThousandsWithoutHoldingUpOthers() {
        records(0, 3000, 1);
        CountedCommands counted = new CountedCommands(fixture.redis().commands());
        WrapUpLedger ledger = new WrapUpLedger(fixture.outbox(), counted);

        Page page = await(ledger.accepted(new Cursor(BEGIN, ""), BEGIN.plusSeconds(60), 5000));

        assertThat(conversations(page))
                .isEqualTo(
                        IntStream.rangeClosed(1, 3000).mapToObj(i -> "0-" + i).toList());
        assertThat(page.next()).isEmpty();
        assertThat(counted.mostAtOnce()).isBetween(2, 100);
    }

    @Test
    void shouldReadNoMoreRecordsThanAskedFor() {
        IntStream.range(0, 8).forEach(shard -> records(shard, 20, 10));
        fixture.redis().call(Command.CONFIG, "RESETSTAT");

        Page page = await(ledger.accepted(new Cursor(BEGIN, ""), BEGIN.plusSeconds(60), 10));

        assertThat(page.entries()).hasSize(10);
        assertThat(fixture.redis().call(Command.INFO, "commandstats")).contains("cmdstat_hmget:calls=10,");
    }

    @Test
    void shouldGoOnWithinAMillisecond() {
        records(0, 5, 0);
        records(1, 4, 0);
        records(2, 2, 1);

        List<String> seen = new ArrayList<>();
        Page page = page(new Cursor(BEGIN, ""));
        for (int pages = 0; pages < 5; pages++) {
            assertThat(page.entries()).hasSize(2);
            seen.addAll(conversations(page));
            page = page(page.next().orElseThrow());
        }
        seen.addAll(conversations(page));

        assertThat(page.next()).isEmpty();
        assertThat(seen).containsExactly("0-1", "0-2", "0-3", "0-4", "0-5", "1-1", "1-2", "1-3", "1-4", "2-1", "2-2");
    }

    @Test
    void shouldTakeOneWhoseWorkIsForgottenForFailed() {
        records(0, 1, 1);

        Entry entry = page(new Cursor(BEGIN, "")).entries().get(0);

        assertThat(entry.isFailed()).isTrue();
        assertThat(entry.isWaiting()).isFalse();
    }

    private static Page page(Cursor from) {
        return await(ledger.accepted(from, BEGIN.plusSeconds(60), 2));
    }

    private static List<String> conversations(Page page) {
        return page.entries().stream().map(Entry::conversation).toList();
    }

    private static void records(int shard, int count, int millisApart) {
        String made = fixture.redis()
                .call(
                        Command.EVAL,
                        RECORDS,
                        "0",
                        Integer.toString(count),
                        Integer.toString(shard),
                        Long.toString(BEGIN.toEpochMilli()),
                        Integer.toString(millisApart));
        assertThat(made).isEqualTo("OK");
    }
}
