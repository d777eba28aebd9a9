package io.incidentbridge.wrapup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.wrapup.WrapUpSpool.Spooled;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrapUpSpoolTest {

    private static final Throwable AWAY = new IllegalStateException("Redis is away");
    private static final WrapUp ONE = new WrapUp(Map.of("conversationId", "c1", "transcriptSummary", "a\nb ä😀"));
    private static final WrapUp OTHER = new WrapUp(Map.of("conversationId", "c2"));

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void shouldGiveBackWhatItKeptAlsoToItsNextLife() throws IOException {
        WrapUpSpool spool = spool(Map.of());
        assertThat(await(spool.keep(ONE, AWAY)).status()).isEqualTo(WrapUpReceipt.Status.DEFERRED);
        await(spool.keep(OTHER, AWAY));
        spool.close();

        WrapUpSpool next = spool(Map.of());
        List<Path> files = await(next.toHandOver());

        assertThat(files).hasSize(1);
        assertThat(await(next.read(files.get(0)))).containsExactly(new Spooled(ONE, NOW), new Spooled(OTHER, NOW));
        await(next.delete(files.get(0), 2));
        assertThat(await(next.toHandOver())).isEmpty();
        next.close();
    }

    @Test
    void shouldPutWhatComesDuringTheHandoverIntoAnotherFile() throws IOException {
        WrapUpSpool spool = spool(Map.of());
        await(spool.keep(ONE, AWAY));
        Path first = await(spool.toHandOver()).get(0);

        await(spool.keep(OTHER, AWAY));
        await(spool.delete(first, 1));

        List<Path> left = await(spool.toHandOver());
        assertThat(left).hasSize(1).doesNotContain(first);
        assertThat(await(spool.read(left.get(0)))).containsExactly(new Spooled(OTHER, NOW));
        spool.close();
    }

    @Test
    void shouldSayThatRedisIsAwayWhenItIsFull() throws IOException {
        WrapUpSpool spool = spool(Map.of("bridge.wrapup.spool-limit", "1"));
        await(spool.keep(ONE, AWAY));

        assertThatThrownBy(() -> await(spool.keep(OTHER, AWAY))).isSameAs(AWAY);
        spool.close();
    }

    @Test
    void shouldBeForOneReplica() throws IOException {
        WrapUpSpool spool = spool(Map.of());
        await(spool.keep(ONE, AWAY));

        assertThat(new SpoolCheck(spool(Map.of())).check())
                .singleElement()
                .satisfies(finding -> assertThat(finding.key()).isEqualTo("bridge.wrapup.spool"));
        spool.close();
    }

    @Test
    void shouldNotBeThereUnlessItIsConfigured() {
        WrapUpSpool none = new WrapUpSpool(config(Map.of()), TestMetrics.create(), CLOCK);

        assertThatThrownBy(() -> await(none.keep(ONE, AWAY))).isSameAs(AWAY);
        assertThat(new SpoolCheck(none).check()).isEmpty();
    }

    private WrapUpSpool spool(Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("bridge.wrapup.spool", directory.toString());
        return new WrapUpSpool(config(settings), TestMetrics.create(), CLOCK);
    }

    private static WrapUpConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WrapUpConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(WrapUpConfig.class);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
