package io.incidentbridge.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reads keys from mounted files. A file that cannot be read keeps its last known keys: a secret store's hiccup must not
 * lock everyone out. To revoke keys, empty the file.
 */
public final class KeyFiles {

    private static final Logger LOG = Logger.getLogger(KeyFiles.class);

    private final Map<Path, List<String>> lastKnown = new HashMap<>();

    /** Blocks; never on the event loop. */
    public synchronized List<String> read(Path file) {
        try {
            List<String> keys = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            List<String> before = lastKnown.put(file, keys);
            if (before != null && !before.equals(keys)) {
                LOG.infof("Keys changed: file=%s keys=%d", file, keys.size());
            }
        } catch (IOException e) {
            LOG.warnf(
                    "Key file cannot be read, keeping its last known keys: file=%s reason=%s",
                    file, e.getClass().getSimpleName());
        }
        return lastKnown.getOrDefault(file, List.of());
    }
}
