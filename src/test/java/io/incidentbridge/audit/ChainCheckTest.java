package io.incidentbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.audit.ChainFinding.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

    private static final String KEY = "trail-key-trail-key-trail-key-trail";

    @Test
    void shouldNameWhatIsMissing() {
        TrailModel trail = TrailModel.of(10);
        trail.entries.subList(3, 6).clear();

        assertThat(trail.check().findings())
                .extracting(ChainFinding::kind, ChainFinding::from, ChainFinding::to)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.MISSING, 4L, 6L));
    }

    @Test
    void shouldVerifyEntriesOfAnOlderKeyThatIsStillConfigured() {
        TrailModel trail = TrailModel.of(3);
        trail.append(new AuditKeys(List.of("new-key")), "after the change");

        assertThat(trail.check(new AuditKeys(List.of("new-key", KEY))).intact()).isTrue();
        assertThat(trail.check(new AuditKeys(List.of("new-key"))).findings())
                .extracting(ChainFinding::kind)
                .containsOnly(Kind.UNKNOWN_KEY);
    }

    @Test
    void shouldKeepAHundredFindingsAndCountTheRest() {
        TrailModel trail = TrailModel.of(150);
        trail.entries.replaceAll(entry ->
                new SealedEntry(entry.id(), entry.seq(), entry.kid(), TrailModel.fields("changed"), entry.mac()));

        ChainReport report = trail.check();

        assertThat(report.found()).isEqualTo(150);
        assertThat(report.findings()).hasSize(100);
    }

    @Test
    void shouldNotTakeAnotherFormForAnEntry() {
        SealedEntry entry = TrailModel.of(1).entries.get(0);
        List<String> wire = new ArrayList<>(entry.wire().subList(1, SealedEntry.width()));
        assertThat(SealedEntry.of(entry.id(), wire)).isEqualTo(entry);

        List<String> more = new ArrayList<>(wire);
        more.addAll(List.of("note", "x"));
        List<String> fewer = wire.subList(0, wire.size() - 2);
        assertThat(SealedEntry.of(entry.id(), more).seq()).isEqualTo(SealedEntry.FOREIGN);
        assertThat(SealedEntry.of(entry.id(), fewer).seq()).isEqualTo(SealedEntry.FOREIGN);
        assertThat(SealedEntry.of(entry.id(), List.of("seq", "1")).seq()).isEqualTo(SealedEntry.FOREIGN);
    }

    @Test
    void shouldNumberEntriesUpwardsWhenTheClockGoesBack() {
        ChainLink last = new ChainLink(7, "m", "1000-3");

        assertThat(last.nextId(1001)).isEqualTo("1001-0");
        assertThat(last.nextId(1000)).isEqualTo("1000-4");
        assertThat(last.nextId(5)).isEqualTo("1000-4");
    }

    @Test
    void shouldVerifyAnExportWithoutTheBridge() throws Exception {
        TrailModel trail = TrailModel.of(20);
        String export = export(trail);

        assertThat(verified(export)).startsWith("INTACT entries=20 from=1 to=20 endMac=" + trail.headMac);
        assertThat(verified(export.replace("entry 13", "entry 99"))).startsWith("CHANGED 13-13");
        assertThat(verified(export.substring(export.indexOf('\n') + 1))).startsWith("INTACT entries=19 from=2");
    }

    private static String export(TrailModel trail) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (SealedEntry entry : trail.entries) {
            lines.append(new ObjectMapper().writeValueAsString(AuditEntry.of(entry)))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String verified(String export) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VerifyExport.run(
                List.of(KEY),
                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
