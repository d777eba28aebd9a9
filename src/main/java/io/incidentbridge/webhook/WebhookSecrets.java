package io.incidentbridge.webhook;

import io.incidentbridge.security.KeyFiles;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The senders' secrets. Deliveries look at an immutable map; files are read again by the scheduler's own thread, so that
 * no delivery waits for a disk.
 */
@ApplicationScoped
class WebhookSecrets {

    private static final Logger LOG = Logger.getLogger(WebhookSecrets.class);

    private final WebhookConfig config;
    private final KeyFiles files = new KeyFiles();
    private volatile Map<WebhookSource, Map<String, List<byte[]>>> keys = Map.of();

    WebhookSecrets(WebhookConfig config) {
        this.config = config;
    }

    void load(@Observes @Priority(1) StartupEvent started) {
        refresh();
    }

    @Scheduled(every = "{bridge.security.key-file-check}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        Map<WebhookSource, Map<String, List<byte[]>>> read = new EnumMap<>(WebhookSource.class);
        for (WebhookSource source : WebhookSource.values()) {
            Map<String, List<byte[]>> byName = new HashMap<>();
            source.endpoints(config).forEach((name, endpoint) -> byName.put(name, keys(source, name, endpoint)));
            read.put(source, byName);
        }
        keys = read;
    }

    /** Empty for an unknown name, and for a known one without a usable secret. */
    List<byte[]> of(WebhookSource source, String name) {
        return keys.getOrDefault(source, Map.of()).getOrDefault(name, List.of());
    }

    /** Whether the name is configured, with a usable secret or without. */
    boolean knows(WebhookSource source, String name) {
        return keys.getOrDefault(source, Map.of()).containsKey(name);
    }

    private List<byte[]> keys(WebhookSource source, String name, WebhookConfig.Endpoint endpoint) {
        List<byte[]> usable = new ArrayList<>();
        secrets(endpoint, files).forEach(secret -> {
            try {
                usable.add(source.scheme().key(secret));
            } catch (IllegalArgumentException e) {
                LOG.errorf("A webhook's secret is not used: source=%s name=%s it %s", source, name, e.getMessage());
            }
        });
        return List.copyOf(usable);
    }

    /** Blocks while files are read. */
    static Stream<String> secrets(WebhookConfig.Endpoint endpoint, KeyFiles files) {
        List<Path> paths = endpoint.secretFiles().orElse(List.of());
        return Stream.concat(
                endpoint.secrets().orElse(List.of()).stream(),
                paths.stream().flatMap(file -> files.read(file).stream()));
    }
}
