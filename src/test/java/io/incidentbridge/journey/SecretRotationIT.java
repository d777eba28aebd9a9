package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in mounted files, replaced while calls keep arriving. */
@Tag("processes")
class SecretRotationIT {

    private static final String OLD_KEY = "old-key-0123456789-0123456789-0123456789";
    private static final String NEW_KEY = "new-key-0123456789-0123456789-0123456789";
    private static final String UNKNOWN_CALLER = "{\"ani\":\"+14155559999\"}";

    private static final SandboxResource SANDBOX = new SandboxResource();

    @TempDir
    static Path secrets;

    private static Vendors vendors;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> properties = new HashMap<>(SANDBOX.start());
        properties.put("bridge.security.key-file-check", "1s");
        // A late answer on a busy machine must not pass for an absent Redis, which refuses wrap-ups.
        properties.put("bridge.redis.deadline", "10s");
        properties.put("bridge.security.clients.rotated.rights", "data-action");
        properties.put("bridge.security.clients.rotated.key-files", write("keys", OLD_KEY));
        properties.put("bridge.servicenow.client-id-file", write("servicenow-client-id", "sandbox"));
        properties.put("bridge.servicenow.client-secret-file", write("servicenow-client-secret", "sandbox"));
        vendors = SANDBOX.vendors();
        vendors.reset();
        bridge = BridgeProcess.start(properties);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        SANDBOX.stop();
    }

    @Test
    void shouldFailNoRequestWhenAKeyAndAVendorsClientAreReplaced() throws IOException {
        try (Traffic traffic = new Traffic(() -> bridge)) {
            traffic.useKey(OLD_KEY);
            traffic.start();
            traffic.awaitAnswers(20);

            // when: the new key is added before it is used, the old one removed when it is not used any more
            write("keys", OLD_KEY + "\n" + NEW_KEY);
            awaitStatus(NEW_KEY, 200);
            traffic.useKey(NEW_KEY);
            traffic.awaitAnswers(10);
            write("keys", NEW_KEY);
            awaitStatus(OLD_KEY, 401);

            // when: another client at ServiceNow, whose requests the simulator does not count, and an end to the old
            // one's tokens
            write("servicenow-client-id", "observer");
            write("servicenow-client-secret", "observer");
            awaitTheNewClient(traffic);
            traffic.awaitAnswers(20);
            traffic.stop();

            assertThat(traffic.failures()).isEmpty();
        }
    }

    /** The new client is in use as soon as calls go on and nothing is counted any more. */
    private static void awaitTheNewClient(Traffic traffic) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            vendors.fail("servicenow", "{\"revokeTokens\":true}");
            traffic.awaitAnswers(5);
            vendors.forgetTraffic();
            traffic.awaitAnswers(10);
            return vendors.arrived("servicenow", "GET sys_user") == 0;
        });
    }

    private static void awaitStatus(String key, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> bridge.post("/v1/callers/lookup", UNKNOWN_CALLER, key)
                                .join()
                                .statusCode(),
                        is -> is == status);
    }

    private static String write(String name, String content) throws IOException {
        Path file = secrets.resolve(name);
        Path next = Files.writeString(secrets.resolve(name + ".next"), content);
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return file.toString();
    }
}
