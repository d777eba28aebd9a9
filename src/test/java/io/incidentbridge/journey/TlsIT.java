package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Ports;
import io.incidentbridge.testing.SandboxResource;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS both ways: a certificate of the bridge's own and one of its callers, an own authority for the vendors, and all of
 * them replaced while it runs. Files are mounted as a kubelet mounts them: a link to a folder, changed in one step.
 */
@Tag("processes")
class TlsIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final AtomicInteger CALLERS = new AtomicInteger(6000);

    @TempDir
    static Path temp;

    private static final String NONE = "";

    private static Map<String, String> addresses;
    private static Vertx vertx;
    private static BridgeProcess bridge;
    private static TlsFront front;
    private static int vendorPort;
    private static int frontPort;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        certificates("first");
        certificates("second");
        mount("first");
        addresses = SANDBOX.start();
        Map<String, String> properties = new HashMap<>(addresses);
        vendorPort = URI.create(properties.get("bridge.servicenow.url")).getPort();
        frontPort = Ports.free();
        port = Ports.free();
        openFront("first", "TLSv1.3", "TLSv1.2");
        properties.put("bridge.servicenow.url", "https://localhost:" + frontPort + "/sandbox/servicenow");
        properties.put("quarkus.rest-client.tls-configuration-name", "outbound");
        properties.put("quarkus.tls.outbound.trust-store.pem.certs", mounted("tls-client-ca.crt"));
        properties.put("quarkus.tls.outbound.reload-period", "1s");
        properties.put("quarkus.http.tls-configuration-name", "inbound");
        properties.put("quarkus.http.insecure-requests", "disabled");
        properties.put("quarkus.http.ssl-port", Integer.toString(port));
        properties.put("quarkus.tls.inbound.key-store.pem.0.cert", mounted("tls.crt"));
        properties.put("quarkus.tls.inbound.key-store.pem.0.key", mounted("tls.key"));
        properties.put("quarkus.tls.inbound.trust-store.pem.certs", mounted("tls-server-ca.crt"));
        properties.put("quarkus.tls.inbound.reload-period", "1s");
        properties.put("bridge.security.client-certificates", "required");
        bridge = BridgeProcess.startReady(properties);
    }

    /** With the certificates of the first generation, whichever is mounted. */
    private static BridgeProcess startAskingForCertificates(int anotherPort) {
        Path folder = temp.resolve("first");
        Map<String, String> properties = new HashMap<>(addresses);
        properties.put("quarkus.http.tls-configuration-name", "inbound");
        properties.put("quarkus.http.insecure-requests", "disabled");
        properties.put("quarkus.http.ssl-port", Integer.toString(anotherPort));
        properties.put(
                "quarkus.tls.inbound.key-store.pem.0.cert",
                folder.resolve("tls.crt").toString());
        properties.put(
                "quarkus.tls.inbound.key-store.pem.0.key",
                folder.resolve("tls.key").toString());
        properties.put(
                "quarkus.tls.inbound.trust-store.pem.certs",
                folder.resolve("tls-server-ca.crt").toString());
        properties.put("bridge.security.client-certificates", "request");
        properties.put("bridge.security.clients.sandbox-data-action.certificate", "true");
        return BridgeProcess.startReady(properties);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        front.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        SANDBOX.stop();
    }

    @Test
    void shouldProveItselfAskForProofAndFollowReplacedCertificates() throws Exception {
        HttpClient first = caller("first", true);

        // both ways with the first certificates: the search behind it went to ServiceNow through TLS
        assertThat(lookup(first).getString("status")).isEqualTo("NOT_FOUND");

        // by TLS 1.2, too, and by nothing older: 1.1 is refused by the platform as well as by the configuration
        HttpClient older = caller("first", true, "TLSv1.2");
        assertThat(lookup(older).getString("status")).isEqualTo("NOT_FOUND");
        assertThat(OldTlsHello.say(port))
                .isEqualTo(new OldTlsHello.Reply(OldTlsHello.ALERT, OldTlsHello.PROTOCOL_VERSION));

        // who shows no certificate is not served, whatever key it has
        HttpClient stranger = caller("first", false);
        assertThatThrownBy(() -> lookup(stranger)).hasStackTraceContaining("SSL");

        // when everything is replaced in one step
        mount("second");

        // then new connections see the new certificate, and only callers of the new authority are served
        HttpClient second = caller("second", true);
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                        lookup(second).getString("status"))
                .isNotEmpty());
        assertThatThrownBy(() -> lookup(caller("first", true))).hasStackTraceContaining("SSL");

        // and ServiceNow is trusted with its new certificate, also when it speaks TLS 1.2 alone, no longer with its old
        // one
        front.close();
        openFront("second", "TLSv1.2");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        lookup(second).getString("status"))
                .isEqualTo("NOT_FOUND"));
        front.close();
        openFront("first", "TLSv1.3", "TLSv1.2");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        lookup(second).getString("status"))
                .isEqualTo("UNAVAILABLE"));
    }

    /** One port for Data Actions, which have a certificate, and for senders of webhooks and browsers, which have none. */
    @Test
    void shouldAskForProofOnlyOfThoseWhoHaveIt() throws Exception {
        int anotherPort = Ports.free();
        try (BridgeProcess asking = startAskingForCertificates(anotherPort)) {
            HttpClient proven = client("first", "first");
            HttpClient stranger = client("first", NONE);
            HttpClient impostor = client("first", "second");
            String lookup = "/v1/callers/lookup";
            Map<String, String> dataAction = Map.of("X-API-Key", "sandbox-data-action");

            assertThat(answer(proven, anotherPort, lookup, dataAction)).startsWith("200");
            assertThat(answer(stranger, anotherPort, lookup, dataAction)).startsWith("401");
            assertThat(asking.log()).contains("client=sandbox-data-action");
            // a certificate of another authority ends the handshake, or is not even shown
            assertThatThrownBy(() -> assertThat(answer(impostor, anotherPort, lookup, dataAction))
                    .startsWith("200"));

            // a webhook without a signature, and an operator without the right: both were heard
            assertThat(answer(stranger, anotherPort, "/v1/webhooks/pagerduty/nobody", Map.of()))
                    .contains("No valid signature");
            assertThat(answer(stranger, anotherPort, lookup, Map.of("X-API-Key", "sandbox-operator")))
                    .startsWith("403");
        }
    }

    /** The status and the body. */
    private static String answer(HttpClient client, int at, String path, Map<String, String> headers) throws Exception {
        JsonObject request = new JsonObject().put("ani", "+1415555" + CALLERS.getAndIncrement());
        return client.request(HttpMethod.POST, at, "localhost", path)
                .flatMap(call -> {
                    headers.forEach(call::putHeader);
                    return call.putHeader("Content-Type", "application/json").send(request.toBuffer());
                })
                .flatMap(response -> response.body().map(body -> response.statusCode() + " " + body))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** An unknown number each time, so that every lookup asks ServiceNow. */
    private static JsonObject lookup(HttpClient client) throws Exception {
        JsonObject request = new JsonObject().put("ani", "+1415555" + CALLERS.getAndIncrement());
        Future<JsonObject> answer = client.request(HttpMethod.POST, port, "localhost", "/v1/callers/lookup")
                .flatMap(call -> call.putHeader("X-API-Key", "sandbox-data-action")
                        .putHeader("Content-Type", "application/json")
                        .send(request.toBuffer()))
                .flatMap(response -> response.body().map(body -> {
                    assertThat(response.statusCode()).isEqualTo(200);
                    return body.toJsonObject();
                }));
        return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static HttpClient caller(String generation, boolean withCertificate, String... versions) {
        return client(generation, withCertificate ? generation : NONE, versions);
    }

    /**
     * @param shown    whose certificate it shows, or NONE
     * @param versions of TLS that it speaks; all that it can when there is none
     */
    private static HttpClient client(String trusted, String shown, String... versions) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setKeepAlive(false)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(temp.resolve(trusted)
                                .resolve("tls-client-ca.crt")
                                .toString()));
        if (versions.length > 0) {
            options.setEnabledSecureTransportProtocols(Set.of(versions));
        }
        if (!shown.equals(NONE)) {
            Path folder = temp.resolve(shown);
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertPath(folder.resolve("tls-client.crt").toString())
                    .addKeyPath(folder.resolve("tls-client.key").toString()));
        }
        return vertx.createHttpClient(options);
    }

    private static void openFront(String generation, String... versions) {
        Path folder = temp.resolve(generation);
        front = new TlsFront(
                vertx, frontPort, vendorPort, folder.resolve("tls.crt"), folder.resolve("tls.key"), Set.of(versions));
    }

    private static void certificates(String generation) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(generation));
        new CertificateGenerator(folder, true)
                .generate(new CertificateRequest()
                        .withName("tls")
                        .withFormat(Format.PEM)
                        .withCN("localhost")
                        .withSubjectAlternativeName("DNS:localhost")
                        .withClientCertificate());
    }

    private static void mount(String generation) throws Exception {
        Path next = Files.createSymbolicLink(temp.resolve("next"), temp.resolve(generation));
        Files.move(next, temp.resolve("mounted"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String mounted(String file) {
        return temp.resolve("mounted").resolve(file).toString();
    }
}
