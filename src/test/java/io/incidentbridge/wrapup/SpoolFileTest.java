package io.incidentbridge.wrapup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {

    private static final List<String> LINES = List.of("{\"a\":\"1\"}", "{\"b\":\"ä😀\"}", "{}");

    @TempDir
    Path directory;

    @Test
    void shouldGiveBackEveryLine() throws IOException {
        assertThat(SpoolFile.read(written(directory.resolve("a")))).isEqualTo(LINES);
    }

    /** A crash may come after any byte. */
    @Property(tries = 100)
    void shouldGiveBackWholeLinesOfATornFile(@ForAll @IntRange(max = 60) int missing) throws IOException {
        Path folder = Files.createTempDirectory("spool-");
        Path file = written(folder.resolve("a"));
        byte[] bytes = Files.readAllBytes(file);
        int left = Math.max(0, bytes.length - missing);
        Files.write(file, java.util.Arrays.copyOf(bytes, left));

        List<String> read = SpoolFile.read(file);

        assertThat(LINES.subList(0, read.size())).isEqualTo(read);
        assertThat(missing <= 1 ? read : LINES).isEqualTo(LINES);
        Files.delete(file);
        Files.delete(folder);
    }

    @Test
    void shouldLeaveOutALineThatTheDiskHasGarbled() throws IOException {
        Path file = written(directory.resolve("a"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[12] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(SpoolFile.read(file)).isEqualTo(LINES.subList(1, 3));
    }

    private static Path written(Path file) throws IOException {
        try (SpoolFile spool = SpoolFile.create(file)) {
            for (String line : LINES) {
                spool.append(line);
            }
        }
        return file;
    }
}
