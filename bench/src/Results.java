import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Where reports and raw figures are kept. */
final class Results {

    private static final Path FOLDER = Path.of("bench/results");

    private Results() {}

    static Path file(String name) {
        try {
            return Files.createDirectories(FOLDER).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints a report and keeps it. */
    static void report(String name, CharSequence markdown) {
        System.out.println(markdown);
        keep(name + "-" + Instant.now().getEpochSecond() + ".md", markdown);
    }

    /** Adds to a file of raw figures. */
    static void keep(String name, CharSequence text) {
        try {
            Files.writeString(file(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine, in a few words. */
    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version() + ", " + Cores.told();
    }
}
