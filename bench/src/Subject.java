import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is measured, before it runs: the bridge in a way of working, or a peer in a variant. */
record Subject(String name, Kind kind, Starter starter) {

    static final String BRIDGE = "bridge";

    private static final Path PEERS = Path.of("bench/peers");

    enum Kind {
        /** Asks ServiceNow for every lookup. */
        UNCACHED,
        /** Has asked for everybody before. */
        CACHED,
        NATIVE,
        PEER
    }

    interface Starter {
        Gateway start(Site site) throws Skipped;
    }

    /** All that there are, or those whose names begin with one of {@code --systems=…}. */
    static List<Subject> of(Options options) {
        List<Subject> all = new ArrayList<>();
        all.add(bridge(options, Map.of()));
        all.add(bridge("bridge, cached", Kind.CACHED, jvm(options), "1h", options.properties()));
        if (options.has("native")) {
            String executable = options.text("native", "");
            if (!Files.isExecutable(Path.of(executable))) {
                throw options.refuse("--native: there is no executable " + executable + ".");
            }
            all.add(bridge("bridge, native", Kind.NATIVE, List.of(executable), "1ms", options.properties()));
        }
        for (Path folder : peers()) {
            for (String variant : List.of("default", "tuned")) {
                all.add(new Subject(
                        folder.getFileName() + " " + variant, Kind.PEER, site -> Peer.start(site, folder, variant)));
            }
        }
        if (options.has("systems")) {
            List<String> wanted = Arrays.asList(options.text("systems", "").split(","));
            wanted.stream()
                    .filter(name ->
                            all.stream().noneMatch(subject -> subject.name().startsWith(name)))
                    .forEach(name -> {
                        throw options.refuse("--systems: there is no " + name + " among "
                                + all.stream().map(Subject::name).collect(Collectors.joining(", ")) + ".");
                    });
            all.removeIf(subject -> wanted.stream().noneMatch(subject.name()::startsWith));
        }
        return all;
    }

    /** The bridge on its JVM, with properties of its own over those of the options. */
    static Subject bridge(Options options, Map<String, String> own) {
        Map<String, String> properties = new HashMap<>(options.properties());
        properties.putAll(own);
        return bridge(BRIDGE, Kind.UNCACHED, jvm(options), "1ms", properties);
    }

    private static List<String> jvm(Options options) {
        return Bridge.jvm(options.text("jvm", "-Xmx512m").split(" "));
    }

    Gateway start(Site site) throws Skipped {
        return starter.start(site);
    }

    private static Subject bridge(
            String name, Kind kind, List<String> command, String fresh, Map<String, String> given) {
        return new Subject(name, kind, site -> {
            Map<String, String> properties = new HashMap<>(Map.of(
                    "bridge.servicenow.url",
                    site.serviceNow(),
                    "bridge.caller.fresh",
                    fresh,
                    "bridge.caller.fresh-unknown",
                    fresh,
                    // Otherwise what it finds while Redis is away spares it ServiceNow for a while.
                    "bridge.caller.fresh-alone",
                    fresh,
                    "bridge.budget.upstreams.servicenow.windows[0].limit",
                    Integer.toString(site.limitPerMinute()),
                    "bridge.budget.replicas",
                    Integer.toString(site.processes()),
                    // On, as a peer's limiter is, and never reached.
                    "bridge.inbound.mode",
                    "enforce",
                    "bridge.inbound.standard.limit",
                    "100000000",
                    "bridge.inbound.standard.burst",
                    "100000000"));
            properties.putAll(given);
            return Bridge.start(site.client(), command, Bridge.properties(site.simulation(), site.redis(), properties));
        });
    }

    /** Those that are there. */
    private static List<Path> peers() {
        if (!Files.isDirectory(PEERS)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(PEERS)) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("start")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds what is among them and has to be built. */
    static void prepare(List<Subject> subjects) {
        peers().stream()
                .filter(folder -> subjects.stream().anyMatch(subject -> subject.name()
                        .startsWith(folder.getFileName().toString())))
                .forEach(folder -> {
                    try {
                        Peer.prepare(folder);
                    } catch (Skipped missing) {
                        System.err.println(folder.getFileName() + ": " + missing.getMessage());
                    }
                });
    }
}
