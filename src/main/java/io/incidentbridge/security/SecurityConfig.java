package io.incidentbridge.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call the bridge, and the secret that hides callers' numbers. */
@ConfigMapping(prefix = "bridge.security")
public interface SecurityConfig {

    /** The bridge's clients by name; the name appears in the audit trail. At least one is needed in production. */
    Map<String, Client> clients();

    /**
     * Secret under which callers' numbers and ids are hashed before they are stored; at least 32 characters in
     * production, the same for all replicas. Changing it makes the bridge forget cached callers and live conversations.
     */
    Optional<String> hashKey();

    /** Mounted file that holds the hash key instead; read once, at start. */
    Optional<Path> hashKeyFile();

    /**
     * Whether callers of the public port prove themselves by a certificate of {@code quarkus.tls.inbound}'s trust store:
     * NONE does not ask; REQUEST asks, refuses a wrong one and serves whoever shows none, but for clients with {@code
     * certificate}; REQUIRED refuses every connection without one, so also those of webhooks' senders and of all browsers. A
     * key is needed all the same.
     */
    @WithDefault("none")
    ClientCertificates clientCertificates();

    /** How often key and secret files are read again; a rotated one takes effect within this time. */
    @WithDefault("5s")
    Duration keyFileCheck();

    /** One client. All of its keys are valid at once, so that they rotate without a gap. */
    interface Client {

        /** What its keys may do: data-action, emergency, operator. */
        @NotEmpty
        Set<Right> rights();

        /** Keys in plain text; refused in production. */
        Optional<List<String>> keys();

        /**
         * SHA-256 digests of keys, 64 hex characters each. A fast hash suffices because a key is random: there is no
         * dictionary to try, as there is for passwords.
         */
        Optional<List<String>> keyHashes();

        /** Mounted files with one key a line; empty lines and lines that begin with # do not count. */
        Optional<List<Path>> keyFiles();

        /**
         * Whether its keys count only beside a certificate of {@code quarkus.tls.inbound}'s trust store; nobody signs in to the
         * console with them then.
         */
        @WithDefault("false")
        boolean certificate();
    }

    /** What the public port does about client certificates. */
    enum ClientCertificates {
        NONE,
        REQUEST,
        REQUIRED
    }

    /** A right as configuration spells it. */
    enum Right {
        DATA_ACTION(Rights.DATA_ACTION),
        EMERGENCY(Rights.EMERGENCY),
        OPERATOR(Rights.OPERATOR);

        private final String role;

        Right(String role) {
            this.role = role;
        }

        /** The name that {@code @RolesAllowed} takes. */
        public String role() {
            return role;
        }
    }
}
