package io.incidentbridge.security;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Secrets in mounted files, read again while the bridge runs, so that one is rotated by replacing its file. A file that
 * cannot be read or is empty keeps its last known content: a secret store's hiccup must not lock the bridge out.
 */
@Singleton
public class MountedSecrets {

    private static final Logger LOG = Logger.getLogger(MountedSecrets.class);

    /** Files replaced together, as a kubelet does, are seen together, unless they are replaced that often in a row. */
    private static final int LOOKS = 5;

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private volatile Map<Path, String> contents = Map.of();

    /**
     * Blocks while the file is read for the first time.
     *
     * @param key   the configuration key of the value; that of the file is the same with {@code -file} behind it
     * @param value used while there is no file
     * @param file  holds the secret alone; white space around it does not count
     */
    public Secret secret(String key, Optional<String> value, Optional<Path> file) {
        file.ifPresent(files::add);
        refresh();
        return new Secret(key, value, file, this);
    }

    @Scheduled(every = "{bridge.security.key-file-check}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        Map<Path, String> before = read();
        for (int look = 0; look < LOOKS; look++) {
            Map<Path, String> now = read();
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        changed(before);
    }

    /** All secrets as of one moment. */
    Map<Path, String> contents() {
        return contents;
    }

    private void changed(Map<Path, String> read) {
        Map<Path, String> now = new HashMap<>(contents);
        now.putAll(read);
        now.forEach((file, secret) -> {
            String known = contents.get(file);
            if (known != null && !known.equals(secret)) {
                LOG.infof("Secret changed: file=%s", file);
            }
        });
        contents = Map.copyOf(now);
    }

    private Map<Path, String> read() {
        Map<Path, String> read = new HashMap<>();
        files.forEach(file -> read(file).ifPresent(secret -> read.put(file, secret)));
        return read;
    }

    private Optional<String> read(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return Optional.of(secret);
            }
            LOG.warnf("Secret file is empty, keeping its last known content: file=%s", file);
        } catch (IOException e) {
            LOG.warnf(
                    "Secret file cannot be read, keeping its last known content: file=%s reason=%s",
                    file, e.getClass().getSimpleName());
        }
        return Optional.empty();
    }
}
