package io.incidentbridge.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Keys of the operator {@code ada} in a file, outside of Quarkus, for tests of other packages. */
public final class OperatorKeysFixture {

    private static final String CLIENT = "bridge.security.clients.ada.";

    private final Path file;
    private final ApiKeys keys;

    /** @param right that the keys have, for example {@code operator} */
    public OperatorKeysFixture(Path folder, String right) {
        file = folder.resolve("keys");
        keys = new ApiKeys(Configs.security(Map.of(CLIENT + "rights", right, CLIENT + "key-files", file.toString())));
    }

    /** What the file holds from now on. */
    public OperatorKeys rotate(String... valid) {
        try {
            Files.write(file, List.of(valid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.refresh();
        return new OperatorKeys(keys);
    }
}
