package io.incidentbridge.wrapup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;

/**
 * Lines in an append-only file, each with its checksum before it. A line counts once it is on the disk; what a crash left
 * half written was never acknowledged, and is left out when the file is read.
 */
final class SpoolFile implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolFile.class);
    private static final int CHECKSUM = 8;

    private final FileChannel channel;

    private SpoolFile(FileChannel channel) {
        this.channel = channel;
    }

    /** A new file, of which the directory knows for good. */
    static SpoolFile create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return new SpoolFile(channel);
    }

    /** @param line without line breaks */
    void append(String line) throws IOException {
        long before = channel.size();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(checksum(line) + " " + line + "\n");
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            // A full disk: half a line must not swallow the next one.
            channel.truncate(before);
            throw e;
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The lines that are whole. */
    static List<String> read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String marked : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            String line = marked.length() > CHECKSUM ? marked.substring(CHECKSUM + 1) : "";
            if (marked.startsWith(checksum(line) + " ")) {
                lines.add(line);
            } else if (!marked.isEmpty()) {
                LOG.warnf("a line of %s is not whole and was never acknowledged", file.getFileName());
            }
        }
        return lines;
    }

    private static String checksum(String line) {
        CRC32 crc = new CRC32();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
