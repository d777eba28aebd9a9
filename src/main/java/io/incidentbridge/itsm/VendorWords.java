package io.incidentbridge.itsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.client.ClientResponseContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a vendor says when it refuses: read with care, as it is text of a stranger and may be as long as it likes. */
public final class VendorWords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");
    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_CHARACTERS = 500;

    private VendorWords() {}

    /**
     * @param choose picks the text out of the error document
     * @return one line of at most 500 characters; "" when there is no readable document
     */
    public static String of(ClientResponseContext response, Function<JsonNode, String> choose) {
        try {
            InputStream body = response.hasEntity() ? response.getEntityStream() : InputStream.nullInputStream();
            byte[] start = body.readNBytes(MOST_BYTES);
            return start.length == 0 ? "" : oneLine(choose.apply(JSON.readTree(start)));
        } catch (IOException e) {
            return "";
        }
    }

    static String oneLine(String text) {
        String line = CONTROLS.matcher(text).replaceAll(" ").strip();
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS);
    }
}
