package io.incidentbridge.security;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for credentials that would let strangers in, or nobody. */
@Singleton
class SecurityCheck implements StartupCheck {

    private static final String PREFIX = "bridge.security.";
    private static final String SANDBOX = "sandbox-";
    private static final int SHORTEST = 32;

    private final SecurityConfig config;
    private final Secret hashKey;

    SecurityCheck(SecurityConfig config, MountedSecrets secrets) {
        this.config = config;
        this.hashKey = secrets.secret(PREFIX + "hash-key", config.hashKey(), config.hashKeyFile());
    }

    @Override
    public Stream<Finding> check() {
        return Stream.of(
                        noClient(),
                        hashKey(),
                        config.clients().entrySet().stream()
                                .flatMap(client -> client(client.getKey(), client.getValue())),
                        sharedKeys())
                .flatMap(findings -> findings);
    }

    private Stream<Finding> noClient() {
        return config.clients().isEmpty()
                ? Stream.of(Finding.unsafe(
                        PREFIX + "clients",
                        "no client is configured, so nobody can call the bridge",
                        "set " + PREFIX + "clients.<name>.rights and .key-files or .key-hashes"))
                : Stream.empty();
    }

    private Stream<Finding> hashKey() {
        Stream<Finding> weak = hashKey.current().filter(SecurityCheck::isWeak).stream()
                .map(key -> Finding.unsafe(
                        PREFIX + "hash-key",
                        "is too short or the sandbox's",
                        "set a random secret of at least 32 characters, the same for all replicas"));
        return Stream.concat(hashKey.check(), weak);
    }

    private Stream<Finding> client(String name, SecurityConfig.Client client) {
        String prefix = PREFIX + "clients." + name;
        return Stream.of(
                        none(prefix, client),
                        plain(prefix, client),
                        hashes(prefix, client),
                        client.keyFiles().orElse(List.of()).stream().flatMap(file -> file(prefix, file)))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> none(String prefix, SecurityConfig.Client client) {
        return client.keys().isEmpty()
                        && client.keyHashes().isEmpty()
                        && client.keyFiles().isEmpty()
                ? Stream.of(Finding.unsafe(prefix, "has no key", "set " + prefix + ".key-files or .key-hashes"))
                : Stream.empty();
    }

    private static Stream<Finding> plain(String prefix, SecurityConfig.Client client) {
        List<String> keys = client.keys().orElse(List.of());
        return keys.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        Finding.unsafe(
                                prefix + ".keys",
                                keys.stream().anyMatch(key -> key.startsWith(SANDBOX))
                                        ? "holds a key of the sandbox, which everybody knows"
                                        : "holds keys in plain text",
                                "use .key-files (mounted) or .key-hashes (SHA-256) with random keys of at least 32 characters"));
    }

    private static Stream<Finding> hashes(String prefix, SecurityConfig.Client client) {
        List<String> hashes = client.keyHashes().orElse(List.of());
        return Stream.of(
                        hashes.stream().allMatch(Digests::isSha256)
                                ? null
                                : "has an entry that is not a SHA-256 digest of 64 hex characters",
                        hashes.stream().anyMatch(SandboxKeys::isDigestOfOne)
                                ? "holds the digest of a sandbox key"
                                : null)
                .filter(problem -> problem != null)
                .map(problem -> Finding.unsafe(
                        prefix + ".key-hashes", problem, "set the output of: printf %s \"$KEY\" | sha256sum"));
    }

    private static Stream<Finding> file(String prefix, Path file) {
        String remedy = "mount a readable file with one random key of at least 32 characters a line";
        if (!Files.isReadable(file)) {
            return Stream.of(Finding.unsafe(prefix + ".key-files", "cannot be read: " + file, remedy));
        }
        return new KeyFiles().read(file).stream().anyMatch(SecurityCheck::isWeak)
                ? Stream.of(Finding.unsafe(
                        prefix + ".key-files", "holds a key that is too short or the sandbox's: " + file, remedy))
                : Stream.empty();
    }

    /** A key of two clients would act for whichever comes last. */
    private Stream<Finding> sharedKeys() {
        Map<String, String> owners = new HashMap<>();
        return config.clients().entrySet().stream().flatMap(client -> ApiKeys.digests(client.getValue(), new KeyFiles())
                .map(digest -> owners.merge(Digests.format(digest), client.getKey(), (one, other) -> one))
                .filter(owner -> !owner.equals(client.getKey()))
                .map(owner -> Finding.unsafe(
                        PREFIX + "clients." + client.getKey(),
                        "shares a key with client " + owner,
                        "give each client keys of its own")));
    }

    private static boolean isWeak(String secret) {
        return secret.length() < SHORTEST || secret.startsWith(SANDBOX);
    }
}
