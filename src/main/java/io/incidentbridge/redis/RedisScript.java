package io.incidentbridge.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script of {@code src/main/resources/lua/}: one atomic step.
 *
 * @param name file name without {@code .lua}
 * @param sha1 what Redis calls it once it knows it
 */
public record RedisScript(String name, String source, String sha1) {

    /**
     * @param libraries files of local functions that the script uses; Redis itself has no way to share them
     * @throws IllegalStateException when there is no such file: a mistake of ours, found at start
     */
    public static RedisScript load(String name, String... libraries) {
        StringBuilder source = new StringBuilder();
        for (String library : libraries) {
            source.append(read(library));
        }
        source.append(read(name));
        try {
            byte[] bytes = source.toString().getBytes(StandardCharsets.UTF_8);
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new RedisScript(name, source.toString(), HexFormat.of().formatHex(sha1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String name) {
        try (InputStream file = RedisScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("no script lua/" + name + ".lua");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
