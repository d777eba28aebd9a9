package io.incidentbridge.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Instant;

/** A time that a Data Action, which sends every field, may send as an empty text: it counts as absent. */
public final class OptionalTimeDeserializer extends StdScalarDeserializer<Instant> {

    private final OffsetTimeDeserializer times = new OffsetTimeDeserializer();

    public OptionalTimeDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        boolean empty =
                parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().isBlank();
        return empty ? null : times.deserialize(parser, context);
    }
}
