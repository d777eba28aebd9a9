package io.incidentbridge.security;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Looks for callers that are asked for a certificate they cannot have, and for clients that are never asked for theirs. */
@Singleton
class ClientCertificateCheck implements StartupCheck {

    private static final String KEY = "bridge.security.client-certificates";
    private static final Pattern SENDER = Pattern.compile("bridge\\.webhook\\.(servicenow|pagerduty|jira)\\..+");

    private final SecurityConfig security;
    private final Config config;

    ClientCertificateCheck(SecurityConfig security, Config config) {
        this.security = security;
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return switch (security.clientCertificates()) {
            case NONE -> neverAsked();
            case REQUEST -> Stream.empty();
            case REQUIRED -> cutOff();
        };
    }

    private Stream<Finding> neverAsked() {
        return security.clients().entrySet().stream()
                .filter(client -> client.getValue().certificate())
                .map(client -> Finding.unsafe(
                        "bridge.security.clients." + client.getKey() + ".certificate",
                        "asks for a certificate that callers are not asked for, so none of its keys counts",
                        "set " + KEY + "=request"));
    }

    /** Only questionable: a gateway in front that shows a certificate of its own may stand for all of them. */
    private Stream<Finding> cutOff() {
        List<String> callers = new ArrayList<>();
        if (StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .anyMatch(name -> SENDER.matcher(name).matches())) {
            callers.add("senders of webhooks (bridge.webhook)");
        }
        if (config.getOptionalValue("bridge.agent-page.url", String.class).isPresent()) {
            callers.add("agents' browsers (bridge.agent-page.url)");
        }
        if (config.getOptionalValue("bridge.console.single-sign-on", Boolean.class)
                .orElse(false)) {
            callers.add("operators' browsers (bridge.console.single-sign-on)");
        }
        return callers.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        Finding.questionable(
                                KEY,
                                "is required, which cuts off whoever has no certificate: " + String.join(", ", callers),
                                "set it to request, and bridge.security.clients.<name>.certificate=true for clients that have one"));
    }
}
