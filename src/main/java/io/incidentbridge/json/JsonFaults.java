package io.incidentbridge.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.incidentbridge.problem.FieldPath;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Jackson's complaints in the caller's terms. Its own messages repeat values and class names, so none is passed on. */
final class JsonFaults {

    private JsonFaults() {}

    /** @param position where the parser stood, for faults of syntax that carry no path */
    static RuntimeException translate(JacksonException fault, JsonStreamContext position) {
        if (fault instanceof InvalidDefinitionException) {
            return new IllegalStateException("A request record cannot be read as JSON", fault);
        }
        if (fault instanceof JsonMappingException mapping) {
            return mapping.getCause() instanceof JacksonException cause
                            && mapping.getClass() == JsonMappingException.class
                    ? parsing(cause, path(mapping))
                    : binding(mapping);
        }
        return parsing(fault, path(position));
    }

    private static ProblemException binding(JsonMappingException fault) {
        if (fault instanceof PropertyBindingException) {
            return problem(
                    ProblemType.UNKNOWN_FIELD,
                    path(fault),
                    "unknown",
                    "is not a field of this request; names are case-sensitive");
        }
        if (fault instanceof BrokenRuleException broken) {
            return problem(ProblemType.VALIDATION, path(fault), broken.rule(), broken.getOriginalMessage());
        }
        if (fault instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return problem(ProblemType.VALIDATION, path(fault), "type", expected(mismatch.getTargetType()));
        }
        return problem(ProblemType.VALIDATION, path(fault), "value", "is not an acceptable value");
    }

    private static ProblemException parsing(JacksonException fault, FieldPath path) {
        if (fault instanceof InputCoercionException) {
            return problem(ProblemType.VALIDATION, path, "range", "is out of range");
        }
        if (fault instanceof StreamConstraintsException) {
            return problem(
                    ProblemType.MALFORMED_JSON,
                    path,
                    "limit",
                    "is nested too deeply, or has too long a name or number");
        }
        // Jackson has no type of its own for these.
        if (fault.getOriginalMessage().startsWith("Duplicate field")) {
            return problem(ProblemType.MALFORMED_JSON, path, "duplicate", "appears more than once");
        }
        return problem(ProblemType.MALFORMED_JSON, path, "syntax", "is not well-formed JSON");
    }

    static ProblemException problem(ProblemType type, FieldPath path, String rule, String detail) {
        return new ProblemException(type, type.title() + "; see errors.", List.of(path.error(rule, detail)));
    }

    /** What a value must be, without the name of a class. */
    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "must be text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "must be true or false";
        }
        if (type == Instant.class) {
            return "must be an ISO-8601 time with an offset, as text";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == Double.class || type == double.class || type == Float.class || type == float.class) {
            return "must be a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        boolean array = type.isArray() || Collection.class.isAssignableFrom(type);
        return array ? "must be an array" : "must be an object";
    }

    private static FieldPath path(JsonMappingException fault) {
        FieldPath path = new FieldPath();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() != null) {
                path.name(step.getFieldName());
            } else if (step.getIndex() >= 0) {
                path.index(step.getIndex());
            }
        }
        return path;
    }

    private static FieldPath path(JsonStreamContext position) {
        if (position == null || position.inRoot()) {
            return new FieldPath();
        }
        FieldPath path = path(position.getParent());
        if (position.inObject() && position.hasCurrentName()) {
            return path.name(position.getCurrentName());
        }
        return position.inArray() && position.hasCurrentIndex() ? path.index(position.getCurrentIndex()) : path;
    }
}
