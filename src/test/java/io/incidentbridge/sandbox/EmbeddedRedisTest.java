package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {

    @Test
    void shouldServeWhileOpenAndBeGoneAfterwards() throws IOException {
        int port;
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            port = redis.port();
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + port);
            assertThat(ask(port, "PING")).isEqualTo("+PONG");
            assertThat(ask(port, "DBSIZE")).isEqualTo(":0");
        }
        assertThatThrownBy(() -> ask(port, "PING")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldRunSeveralSideBySide() throws IOException {
        try (EmbeddedRedis one = EmbeddedRedis.start();
                EmbeddedRedis two = EmbeddedRedis.start()) {
            assertThat(ask(one.port(), "SET k v")).isEqualTo("+OK");
            assertThat(ask(two.port(), "DBSIZE")).isEqualTo(":0");
        }
    }

    private static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
