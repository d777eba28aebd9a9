package io.incidentbridge.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Whether a delivery is from whom it says. An unknown name costs and answers the same as a wrong signature. */
@ApplicationScoped
class WebhookVerifier {

    private static final int DECOY_BYTES = 32;

    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final Clock clock;
    private final List<byte[]> decoy;

    WebhookVerifier(WebhookSecrets secrets, WebhookConfig config, Clock clock) {
        this.secrets = secrets;
        this.config = config;
        this.clock = clock;
        byte[] random = new byte[DECOY_BYTES];
        new SecureRandom().nextBytes(random);
        this.decoy = List.of(random);
    }

    boolean verify(WebhookSource source, String name, Headers headers, byte[] body) {
        List<byte[]> keys = secrets.of(source, name);
        boolean known = !keys.isEmpty();
        boolean signed =
                source.scheme().matches(headers, body, known ? keys : decoy, clock.instant(), config.tolerance());
        return known && signed;
    }

    /** Whether somebody is set up under this name; the answer must not tell. */
    boolean knows(WebhookSource source, String name) {
        return secrets.knows(source, name);
    }
}
