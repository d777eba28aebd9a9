package io.incidentbridge.security;

import io.incidentbridge.startup.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/** How the bridge logs in at a vendor: an id and a secret that belong together, also in the moment of a rotation. */
public final class ClientCredentials {

    private final MountedSecrets files;
    private final Secret id;
    private final Secret secret;

    /** @param files where both of them come from */
    public ClientCredentials(MountedSecrets files, Secret id, Secret secret) {
        this.files = files;
        this.id = id;
        this.secret = secret;
    }

    /** Those of this moment; an empty text for what is missing, which the vendor will refuse. */
    public Pair current() {
        Map<Path, String> contents = files.contents();
        return new Pair(id.in(contents).orElse(""), secret.in(contents).orElse(""));
    }

    /** Whether both are there. */
    public boolean isComplete() {
        return !current().id().isEmpty() && !current().secret().isEmpty();
    }

    /** Finds what is missing. */
    public Stream<Finding> check() {
        return Stream.concat(id.check(), secret.check());
    }

    /**
     * An id and its secret.
     *
     * @param secret never logged
     */
    public record Pair(String id, String secret) {

        /** The value of an {@code Authorization} header (RFC 7617). */
        public String basic() {
            byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Pair[id=" + id + "]";
        }
    }
}
