package io.incidentbridge.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The valid API keys. Requests look at an immutable ring; files are read again by the scheduler's own thread, so that no
 * request ever waits for a disk.
 */
@ApplicationScoped
class ApiKeys {

    private final SecurityConfig config;
    private final KeyFiles files = new KeyFiles();
    private volatile KeyRing ring = new KeyRing(List.of());

    ApiKeys(SecurityConfig config) {
        this.config = config;
    }

    void load(@Observes @Priority(1) StartupEvent started) {
        refresh();
    }

    @Scheduled(every = "{bridge.security.key-file-check}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        List<KeyRing.Key> keys = new ArrayList<>();
        config.clients().forEach((name, client) -> {
            Set<String> rights =
                    client.rights().stream().map(SecurityConfig.Right::role).collect(Collectors.toUnmodifiableSet());
            digests(client, files)
                    .forEach(digest -> keys.add(new KeyRing.Key(name, rights, client.certificate(), digest)));
        });
        ring = new KeyRing(keys);
    }

    Optional<KeyRing.Key> find(String presented) {
        return ring.find(presented);
    }

    KeyRing ring() {
        return ring;
    }

    /** Blocks while files are read. */
    static Stream<byte[]> digests(SecurityConfig.Client client, KeyFiles files) {
        Stream<String> plain = Stream.concat(
                client.keys().orElse(List.of()).stream(),
                client.keyFiles().orElse(List.of()).stream().flatMap(file -> files.read(file).stream()));
        return Stream.concat(
                plain.map(Digests::sha256),
                client.keyHashes().orElse(List.of()).stream()
                        .filter(Digests::isSha256)
                        .map(Digests::parse));
    }
}
