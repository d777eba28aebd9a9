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

    /** @throws IllegalStateException when there is no such file: a mistake of ours, found at start */
    public static RedisScript load(String name) {
        try (InputStream file = RedisScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("no script lua/" + name + ".lua");
            }
            byte[] source = file.readAllBytes();
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source);
            return new RedisScript(
                    name,
                    new String(source, StandardCharsets.UTF_8),
                    HexFormat.of().formatHex(sha1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
