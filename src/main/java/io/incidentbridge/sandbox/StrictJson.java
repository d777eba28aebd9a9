package io.incidentbridge.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A JSON object read field by field; unknown fields, wrong types and values out of bounds are {@link InvalidRequest}. */
public final class StrictJson {

    private final JsonObject json;

    private StrictJson(JsonObject json) {
        this.json = json;
    }

    /** @param body null or empty counts as no object at all */
    public static StrictJson parse(Buffer body, Set<String> allowed) {
        JsonObject json = object(body);
        Set<String> unknown = new TreeSet<>(json.fieldNames());
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw new InvalidRequest("Unknown field '" + unknown.iterator().next() + "'; known are "
                    + String.join(", ", new TreeSet<>(allowed)));
        }
        return new StrictJson(json);
    }

    private static JsonObject object(Buffer body) {
        if (body == null || body.length() == 0) {
            throw new InvalidRequest("A JSON object is required");
        }
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw new InvalidRequest("The body is not a JSON object");
        }
    }

    public boolean has(String field) {
        return json.containsKey(field);
    }

    public boolean flag(String field, boolean absent) {
        if (!has(field)) {
            return absent;
        }
        if (json.getValue(field) instanceof Boolean value) {
            return value;
        }
        throw new InvalidRequest("'" + field + "' must be true or false");
    }

    public int integer(String field, int absent, int min, int max) {
        double value = number(field, absent, min, max);
        if (value != Math.rint(value)) {
            throw new InvalidRequest("'" + field + "' must be a whole number");
        }
        return (int) value;
    }

    public double number(String field, double absent, double min, double max) {
        if (!has(field)) {
            return absent;
        }
        if (!(json.getValue(field) instanceof Number number)) {
            throw new InvalidRequest("'" + field + "' must be a number");
        }
        double value = number.doubleValue();
        if (!(value >= min && value <= max)) {
            throw new InvalidRequest("'" + field + "' must be from " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    public String text(String field, String absent) {
        if (!has(field)) {
            return absent;
        }
        if (json.getValue(field) instanceof String value && !value.isBlank() && value.length() <= 100) {
            return value;
        }
        throw new InvalidRequest("'" + field + "' must be a text of 1 to 100 characters");
    }

    public String text(String field) {
        if (!has(field)) {
            throw new InvalidRequest("'" + field + "' is required");
        }
        return text(field, null);
    }

    /** A list of texts under the rule of {@link #text(String)}. */
    public List<String> texts(String field, List<String> absent) {
        if (!has(field)) {
            return absent;
        }
        if (json.getValue(field) instanceof JsonArray values
                && values.stream().allMatch(value -> value instanceof String text && !text.isBlank())) {
            return values.stream().map(String.class::cast).toList();
        }
        throw new InvalidRequest("'" + field + "' must be a list of texts");
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
