package io.incidentbridge.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.incidentbridge.problem.FieldPath;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.problem.RequestEdge;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads the bridge's request records. Being a provider for the server only, it leaves REST clients with Quarkus' lenient
 * mapper: a vendor may add a field to its answers whenever it likes.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
@Consumes(MediaType.APPLICATION_JSON)
class StrictJsonReader implements ServerMessageBodyReader<Object> {

    /** Read as they are: a signed webhook's bytes, for one. */
    private static final Set<Class<?>> RAW =
            Set.of(String.class, byte[].class, InputStream.class, Reader.class, File.class);

    private final ObjectMapper mapper;

    StrictJsonReader(ObjectMapper lenient) {
        this.mapper = StrictJson.from(lenient, RequestEdge.LARGEST_BODY);
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return !RAW.contains(type);
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return !RAW.contains(type);
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext request)
            throws IOException {
        // Without a content type the framework assumes JSON, which would let a browser send one across origins.
        if (request.getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE) == null) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be application/json.");
        }
        return read(genericType == null ? type : genericType, mediaType, request.getInputStream());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(genericType == null ? type : genericType, mediaType, body);
    }

    private Object read(Type type, MediaType mediaType, InputStream body) throws IOException {
        String charset = mediaType.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body's charset must be UTF-8.");
        }
        ObjectReader reader = mapper.readerFor(mapper.constructType(type));
        try (JsonParser parser = reader.createParser(text(body))) {
            return read(reader, parser);
        }
    }

    private static Object read(ObjectReader reader, JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw wholeBody(ProblemType.MALFORMED_JSON, "empty", "must not be empty");
            }
            if (first == JsonToken.VALUE_NULL) {
                throw wholeBody(ProblemType.VALIDATION, "type", "must not be null");
            }
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw wholeBody(ProblemType.MALFORMED_JSON, "trailing", "must end after one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw JsonFaults.translate(e, parser.getParsingContext());
        }
    }

    /** A body without {@code Content-Length} is only found to be too large here. */
    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(RequestEdge.LARGEST_BODY + 1);
        if (bytes.length > RequestEdge.LARGEST_BODY) {
            throw new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than 1 MiB.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wholeBody(ProblemType.MALFORMED_JSON, "utf-8", "must be valid UTF-8");
        }
    }

    private static ProblemException wholeBody(ProblemType type, String rule, String detail) {
        return JsonFaults.problem(type, new FieldPath(), rule, detail);
    }
}
