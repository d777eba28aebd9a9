package io.incidentbridge.idempotency;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a POST whose {@code Idempotency-Key}, where a client sends one, is honoured: every POST but lookups. An answer
 * that is not final yet is {@link Provisional}.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {

    /** The request header. */
    String HEADER = "Idempotency-Key";

    /** Set on answers that were stored before. */
    String REPLAYED = "Idempotent-Replayed";

    /** The header's description in OpenAPI, which publishes how long a key is remembered. */
    String DESCRIPTION =
            "Optional. 1 to 255 visible ASCII characters, quoted or bare, for example a UUID. A repeat with the "
                    + "same key and payload is answered with the first answer and Idempotent-Replayed: true; with another payload "
                    + "with 422; while the first is still running with 409 and Retry-After. Final answers (2xx and definite 4xx) are "
                    + "remembered for 24 hours (bridge.idempotency.keep).";
}
