package io.incidentbridge.redis;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a server says about itself.
 *
 * @param info   its INFO, by name; empty where the server does not allow it
 * @param ahead  how far its clock is ahead of ours; negative when it is behind
 */
record RedisFacts(Map<String, String> info, Duration ahead) {

    static RedisFacts of(String info, Duration ahead) {
        Function<String[], String> name = line -> line[0];
        return new RedisFacts(
                info.lines()
                        .map(line -> line.split(":", 2))
                        .filter(line -> line.length == 2)
                        .collect(Collectors.toMap(name, line -> line[1].strip(), (first, again) -> first)),
                ahead);
    }

    /** The value, or an empty text when the server does not tell. */
    String get(String name) {
        return info.getOrDefault(name, "");
    }

    boolean is(String name, String value) {
        return get(name).equals(value);
    }
}
