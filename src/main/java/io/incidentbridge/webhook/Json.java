package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads what may be absent, null or of another type in a sender's JSON: all three are empty. */
final class Json {

    private Json() {}

    /** The first field that holds a text or number. */
    static String first(JsonNode object, String... fields) {
        for (String field : fields) {
            String text = object.path(field).asText("");
            if (!text.isEmpty() && !object.path(field).isNull()) {
                return text;
            }
        }
        return "";
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    /** A time with an offset, in whole milliseconds. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
