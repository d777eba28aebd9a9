package io.incidentbridge.journey;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The first words of a client that speaks TLS 1.1 at most, byte by byte (RFC 4346, section 7.4.1.2): Java's own client refuses
 * to say them itself, and would show nothing about the server.
 */
final class OldTlsHello {

    /** The type of a record that refuses. */
    static final int ALERT = 21;

    /** What the refusal is about: the version. */
    static final int PROTOCOL_VERSION = 70;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_1 = 0x0302;
    private static final int RANDOM_LENGTH = 32;
    private static final int PATIENCE_MS = 30_000;

    /** ECDHE and plain RSA, AES 128 and 256 with CBC: what clients of that age had. */
    private static final int[] SUITES = {0xC013, 0xC014, 0x002F, 0x0035};

    private OldTlsHello() {}

    /** The server's answer. */
    record Reply(int type, int description) {}

    static Reply say(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(record());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            // The version, the length, and how grave it is.
            in.readFully(new byte[5]);
            return new Reply(type, in.readUnsignedByte());
        }
    }

    private static byte[] record() throws IOException {
        byte[] hello = hello();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(HANDSHAKE);
        out.writeShort(TLS_1_0);
        out.writeShort(hello.length + 4);
        out.writeInt(CLIENT_HELLO << 24 | hello.length);
        out.write(hello);
        return bytes.toByteArray();
    }

    private static byte[] hello() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(TLS_1_1);
        out.write(new byte[RANDOM_LENGTH]);
        // No session to go on with.
        out.writeByte(0);
        out.writeShort(2 * SUITES.length);
        for (int suite : SUITES) {
            out.writeShort(suite);
        }
        // One way to compress: none.
        out.writeShort(0x0100);
        return bytes.toByteArray();
    }
}
