package io.incidentbridge.security;

import io.incidentbridge.startup.Finding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A secret from configuration or from a mounted file, which may change while the bridge runs. Never printed. */
public final class Secret {

    private final String key;
    private final Optional<String> value;
    private final Optional<Path> file;
    private final MountedSecrets files;

    Secret(String key, Optional<String> value, Optional<Path> file, MountedSecrets files) {
        this.key = key;
        this.value = value;
        this.file = file;
        this.files = files;
    }

    /** The current value, from memory; empty while it is not set, or its file has never been readable. */
    public Optional<String> current() {
        return in(files.contents());
    }

    /** Finds a secret that is missing, or given twice. */
    public Stream<Finding> check() {
        if (value.isPresent() && file.isPresent()) {
            return Stream.of(Finding.unsafe(key, "is set beside " + key + "-file", "set only one of them"));
        }
        if (current().isPresent()) {
            return Stream.empty();
        }
        return Stream.of(file.map(path -> Finding.unsafe(
                        key + "-file", "cannot be read or is empty: " + path, "mount a file that holds the secret"))
                .orElseGet(() -> Finding.unsafe(
                        key, "is not set", "set " + key + "-file to a mounted file, or the key itself")));
    }

    Optional<String> in(Map<Path, String> contents) {
        return file.map(contents::get).or(() -> value);
    }

    @Override
    public String toString() {
        return "Secret[" + key + "]";
    }
}
