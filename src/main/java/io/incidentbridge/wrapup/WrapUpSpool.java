package io.incidentbridge.wrapup;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.wrapup.WrapUpReceipt.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Wrap-ups that arrive while Redis is away, on a disk of this replica's own. Nothing is deleted before Redis has it, and
 * what is handed over twice is a repeat there.
 */
@ApplicationScoped
class WrapUpSpool {

    private static final Logger LOG = Logger.getLogger(WrapUpSpool.class);
    private static final String SUFFIX = ".spool";

    /** Beside a wrap-up's fields, in milliseconds. */
    private static final String AT = "spooledAt";

    private final Path directory;
    private final long limit;
    private final Clock clock;
    private final AtomicLong waiting = new AtomicLong();
    private FileChannel lockFile;
    private FileLock lock;
    private Path currentPath;
    private SpoolFile current;

    WrapUpSpool(WrapUpConfig config, BridgeMetrics metrics, Clock clock) {
        this.directory = config.spool().orElse(null);
        this.limit = config.spoolLimit();
        this.clock = clock;
        if (directory != null) {
            metrics.wrapUpsSpooled(waiting::get);
        }
    }

    /**
     * A wrap-up as it was kept.
     *
     * @param at when; EPOCH in a file of a release that did not keep it
     */
    record Spooled(WrapUp wrapUp, Instant at) {}

    boolean isConfigured() {
        return directory != null;
    }

    /**
     * Keeps a wrap-up that Redis could not take.
     *
     * @param away what the caller is told where there is no spool, or no room in it
     */
    Uni<WrapUpReceipt> keep(WrapUp wrapUp, Throwable away) {
        if (!isConfigured()) {
            return Uni.createFrom().failure(away);
        }
        WrapUpReceipt receipt = new WrapUpReceipt(Status.DEFERRED, "", "", "", "", List.of(), "");
        return onWorker(() -> append(wrapUp))
                .replaceWith(receipt)
                .onFailure()
                .invoke(failure -> LOG.error("wrap-up not spooled", failure))
                .onFailure()
                .transform(failure -> away);
    }

    /** Files whose wrap-ups are to be handed over; new ones go to another file from now on. */
    Uni<List<Path>> toHandOver() {
        return Uni.createFrom().item(this::closeAndList).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    Uni<List<Spooled>> read(Path file) {
        return Uni.createFrom().item(() -> parse(file)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Redis has all of it. */
    Uni<Void> delete(Path file, int wrapUps) {
        return onWorker(() -> {
            Files.deleteIfExists(file);
            waiting.addAndGet(-wrapUps);
        });
    }

    private synchronized void append(WrapUp wrapUp) throws IOException {
        open();
        if (used() > limit) {
            throw new IOException("the spool is full");
        }
        JsonObject fields = new JsonObject(new HashMap<>(wrapUp.fields()));
        current.append(fields.put(AT, Long.toString(clock.millis())).encode());
        waiting.incrementAndGet();
    }

    private void open() throws IOException {
        takeDirectory();
        if (current == null) {
            currentPath = directory.resolve(clock.millis() + "-" + UUID.randomUUID() + SUFFIX);
            current = SpoolFile.create(currentPath);
        }
    }

    /** Two replicas on one directory would hand over, and delete, each other's files while they are written. */
    private void takeDirectory() throws IOException {
        if (lock != null) {
            return;
        }
        Files.createDirectories(directory);
        lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("the spool is taken in this process", e);
        }
        if (lock == null) {
            lockFile.close();
            throw new IOException("another replica uses bridge.wrapup.spool");
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        for (Path left : list()) {
            waiting.addAndGet(SpoolFile.read(left).size());
        }
    }

    private long used() throws IOException {
        long bytes = 0;
        for (Path file : list()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private synchronized List<Path> closeAndList() {
        try {
            takeDirectory();
            if (current != null) {
                current.close();
                current = null;
            }
            return list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The oldest first: their names begin with the time. */
    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static List<Spooled> parse(Path file) {
        try {
            return SpoolFile.read(file).stream().map(WrapUpSpool::spooled).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Spooled spooled(String line) {
        Map<String, String> fields = new HashMap<>();
        new JsonObject(line)
                .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        String at = fields.remove(AT);
        return new Spooled(new WrapUp(fields), at == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(at)));
    }

    private static Uni<Void> onWorker(Work work) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @PreDestroy
    synchronized void close() throws IOException {
        if (current != null) {
            current.close();
        }
        if (lockFile != null) {
            lockFile.close();
        }
    }

    /** On a file. */
    private interface Work {
        void run() throws IOException;
    }
}
