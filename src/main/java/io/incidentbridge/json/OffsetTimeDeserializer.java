package io.incidentbridge.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads every {@link Instant} of a request record, without an annotation there; numbers are refused. */
final class OffsetTimeDeserializer extends StdScalarDeserializer<Instant> {

    OffsetTimeDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        try {
            return OffsetTime.parse(parser.getText());
        } catch (DateTimeException e) {
            throw new BrokenRuleException(parser, "time", e.getMessage());
        }
    }
}
