package io.incidentbridge.startup;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Looks for connections that could be read or redirected on the way. */
@Singleton
class TransportCheck implements StartupCheck {

    private static final List<String> UPSTREAMS = List.of(
            "bridge.servicenow.url",
            "bridge.genesys.api-url",
            "bridge.genesys.login-url",
            "bridge.pagerduty.url",
            "bridge.jira.url");

    private static final Pattern TRUST_ALL = Pattern.compile("quarkus\\.(tls|rest-client)\\..*trust-all");
    /** What does not leave the machine needs no TLS: a proxy beside the bridge, or a simulated vendor. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])([:/].*)?");

    /** Any of them, the unnamed TLS configuration's included, makes the bridge itself speak TLS. */
    private static final List<String> CERTIFICATES = List.of(
            "quarkus.http.tls-configuration-name",
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key-store-file",
            "quarkus.tls.key-store.pem.0.cert",
            "quarkus.tls.key-store.p12.path",
            "quarkus.tls.key-store.jks.path");

    private final Config config;

    TransportCheck(Config config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return Stream.of(UPSTREAMS.stream().flatMap(this::upstream), trustAll(), plainHttp())
                .flatMap(findings -> findings);
    }

    private Stream<Finding> upstream(String key) {
        return config.getOptionalValue(key, String.class).stream()
                .filter(url -> !url.regionMatches(true, 0, "https://", 0, "https://".length()))
                .map(url -> LOOPBACK.matcher(url).matches()
                        ? Finding.questionable(key, "is an address of this machine", "set the vendor's https address")
                        : Finding.unsafe(key, "does not begin with https://", "set the vendor's https address"));
    }

    private Stream<Finding> trustAll() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> TRUST_ALL.matcher(name).matches())
                .filter(name -> config.getOptionalValue(name, Boolean.class).orElse(false))
                .map(name -> Finding.unsafe(
                        name,
                        "trusts every certificate",
                        "remove it, and name your authority in quarkus.tls.outbound.trust-store, with"
                                + " quarkus.rest-client.tls-configuration-name=outbound"));
    }

    /** Only questionable: in a cluster TLS often ends at the ingress. */
    private Stream<Finding> plainHttp() {
        boolean secure = CERTIFICATES.stream()
                .anyMatch(key -> config.getOptionalValue(key, String.class).isPresent());
        return secure
                ? Stream.empty()
                : Stream.of(Finding.questionable(
                        "quarkus.http.tls-configuration-name",
                        "is not set, so the bridge itself speaks plain HTTP and API keys rely on TLS in front of it",
                        "set it to inbound and give quarkus.tls.inbound.key-store, or make sure that TLS ends at an ingress"
                                + " or load balancer in front of the bridge"));
    }
}
