package io.incidentbridge.emergency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what Redis holds of a group's emergency. */
final class SnapshotReader {

    /** Begins the fields that hold marks of what is being sent, by target. */
    static final String SENT = "sent:";

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Known>> TARGETS = new TypeReference<>() {};

    private static final TypeReference<List<Trace>> TRACES = new TypeReference<>() {};

    private final ObjectMapper json;

    SnapshotReader(ObjectMapper json) {
        this.json = json;
    }

    /** @param reply of {@code emergency_snapshot}: now, the state's fields, the open claims */
    Snapshot read(Response reply) {
        Map<String, String> state = fields(reply.get(1));
        List<Claim> claims = StreamSupport.stream(reply.get(2).spliterator(), false)
                .map(claim -> Claim.of(read(claim.toString(), FIELDS)))
                .toList();
        Forced proposed = optional(state, "proposal", Forced.class).orElse(null);
        Instant now = millis(reply.get(0).toString());
        return new Snapshot(
                now,
                claims,
                state.containsKey("targets") ? read(state.get("targets"), TARGETS) : Map.of(),
                number(state, "revision"),
                millis(state.getOrDefault("changed", "0")),
                number(state, "reported"),
                millis(state.getOrDefault("due", "0")),
                (int) number(state, "attempt"),
                number(state, "unsettled") == 0 ? null : millis(state.get("unsettled")),
                number(state, "alerted") == 1,
                number(state, "active") == 0 ? null : millis(state.get("active")),
                cause(state),
                optional(state, "override", Forced.class),
                Optional.ofNullable(proposed)
                        .map(override -> new Snapshot.Proposal(
                                state.get("proposal.id"),
                                override,
                                state.get("proposal.by"),
                                millis(state.get("proposal.until"))))
                        .filter(proposal -> proposal.until().isAfter(now)),
                optional(state, "queues", Snapshot.Queues.class).orElse(Snapshot.Queues.NONE),
                state.containsKey("unaudited") ? read(state.get("unaudited"), TRACES) : List.of(),
                sent(state));
    }

    private static Map<String, String> sent(Map<String, String> state) {
        return state.entrySet().stream()
                .filter(field -> field.getKey().startsWith(SENT))
                .collect(Collectors.toMap(field -> field.getKey().substring(SENT.length()), Map.Entry::getValue));
    }

    private static Snapshot.Cause cause(Map<String, String> state) {
        return state.containsKey("cause")
                ? new Snapshot.Cause(state.get("cause"), state.get("cause.by"), state.get("cause.how"))
                : Snapshot.Cause.NONE;
    }

    private <T> Optional<T> optional(Map<String, String> state, String field, Class<T> type) {
        String value = state.getOrDefault(field, "");
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(json.readValue(value, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("emergency state of another version: " + field, e);
        }
    }

    private <T> T read(String value, TypeReference<T> type) {
        try {
            return json.readValue(value, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("emergency state of another version", e);
        }
    }

    /** A hash as Redis answers it. */
    static Map<String, String> fields(Response flat) {
        Map<String, String> fields = new HashMap<>();
        // HGETALL by itself answers a map in RESP3; inside of a script it is a flat list.
        if (flat.getDelegate().isMap()) {
            flat.getKeys().forEach(name -> fields.put(name, flat.get(name).toString()));
            return fields;
        }
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }

    private static long number(Map<String, String> state, String field) {
        return Long.parseLong(state.getOrDefault(field, "0"));
    }

    private static Instant millis(String text) {
        return Instant.ofEpochMilli(Long.parseLong(text));
    }
}
