package io.incidentbridge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How one kind of sender signs its deliveries. */
interface SignatureScheme {

    /** More signatures than any rotation needs are not looked at. */
    int MOST_SIGNATURES = 16;

    /** @throws IllegalArgumentException when the secret is not of this scheme's form; says nothing of its value */
    byte[] key(String secret);

    /**
     * Whether the body, and what else the scheme covers, is signed with one of the keys.
     *
     * @param tolerance how far a signed time may be from now, for schemes that sign one
     */
    boolean matches(Headers headers, byte[] body, List<byte[]> keys, Instant now, Duration tolerance);
}
