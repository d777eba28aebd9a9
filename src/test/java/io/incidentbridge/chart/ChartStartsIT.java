package io.incidentbridge.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, in production's own profile, with the files that the chart mounts. */
@Tag("processes")
class ChartStartsIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final String KEY = "chart-key-0123456789-0123456789-0123456789";

    @TempDir
    static Path pod;

    private static BridgeProcess bridge;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> vendors = SANDBOX.start();
        Path secrets = Files.createDirectories(pod.resolve("secrets"));
        for (String file : List.of(
                "servicenow-client-id", "servicenow-client-secret", "genesys-client-id", "genesys-client-secret")) {
            Files.writeString(secrets.resolve(file), "sandbox");
        }
        Files.writeString(secrets.resolve("hash-key"), "chart-hash-key-0123456789-0123456789");
        Files.writeString(secrets.resolve("audit-key"), "chart-audit-key-0123456789-0123456789");
        Files.writeString(secrets.resolve("genesys-keys"), KEY + "\n");
        String mounted = Chart.render("minimal")
                .one("ConfigMap", "bridge-incident-bridge")
                .at("/data/application.properties")
                .asText()
                .replace("/run/secrets/incident-bridge", secrets.toString())
                .replace("https://acme.service-now.com", vendors.get("bridge.servicenow.url"))
                .replace("https://api.mypurecloud.de", vendors.get("bridge.genesys.api-url"))
                .replace("https://login.mypurecloud.de", vendors.get("bridge.genesys.login-url"))
                .replace("redis://bridge-incident-bridge-redis:6379", vendors.get("quarkus.redis.hosts"));
        Files.writeString(Files.createDirectories(pod.resolve("config")).resolve("application.properties"), mounted);
        bridge = BridgeProcess.startInProduction(pod);
    }

    @AfterAll
    static void stop() {
        if (bridge != null) {
            bridge.close();
        }
        SANDBOX.stop();
    }

    @Test
    void shouldAnswerWithTheKeyThatTheChartMounts() {
        // On an empty Redis the first seconds have no budget: other replicas might have used it.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(lookup(KEY))
                .contains("\"status\":\"FOUND\""));
        assertThat(lookup("sandbox-data-action")).contains("\"status\":401");
    }

    private static String lookup(String key) {
        return bridge.post("/v1/callers/lookup", "{\"ani\":\"+14155550123\"}", key)
                .join()
                .body();
    }
}
