package io.incidentbridge.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What came over the wire until the server closed the connection; an HTTP client hides the halves of answers. */
record RawAnswer(String head, String body) {

    static RawAnswer of(String baseUrl, String token, String path) throws IOException {
        URI uri = URI.create(baseUrl);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int split = all.indexOf("\r\n\r\n");
            return new RawAnswer(
                    all.substring(0, 8) + all.substring(8, split).toLowerCase(Locale.ROOT), all.substring(split + 4));
        }
    }
}
