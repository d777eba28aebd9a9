import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process and its children take of the machine. */
final class Usage {

    private final ProcessHandle process;

    Usage(long pid) {
        process = ProcessHandle.of(pid).orElseThrow();
    }

    /** Resident memory in MB; what processes share counts for each. */
    double residentMb() {
        String pids = all().map(handle -> Long.toString(handle.pid())).collect(Collectors.joining(","));
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pids).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .mapToDouble(line -> Double.parseDouble(line.strip()))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CPU time so far; a child that has ended no longer counts. */
    Duration cpu() {
        return all().map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Open descriptors, on systems that have /proc. */
    OptionalInt descriptors() {
        return entries("fd");
    }

    /** Threads, on systems that have /proc. */
    OptionalInt threads() {
        return entries("task");
    }

    private OptionalInt entries(String folder) {
        Path path = Path.of("/proc/" + process.pid() + "/" + folder);
        if (!Files.isDirectory(path)) {
            return OptionalInt.empty();
        }
        try (Stream<Path> files = Files.list(path)) {
            return OptionalInt.of((int) files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }
}
