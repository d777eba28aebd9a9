package io.incidentbridge.console;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Looks for a console that lets strangers in, or sends its session in the clear. */
@Singleton
class ConsoleCheck implements StartupCheck {

    private final ConsoleConfig config;

    ConsoleCheck(ConsoleConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        Stream<Finding> open = config.open()
                ? Stream.of(Finding.unsafe(
                        "bridge.console.open", "makes everybody an operator", "remove it: it is for the sandbox"))
                : Stream.empty();
        Stream<Finding> cookie = config.secureCookie()
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        "bridge.console.secure-cookie",
                        "is false, so that browsers send operators' sessions without TLS",
                        "remove it"));
        return Stream.concat(open, cookie);
    }
}
