package io.incidentbridge.console;

import io.incidentbridge.redis.RedisUnavailableException;
import io.quarkus.arc.All;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** All panels by name. One that cannot be shown says so in its place; the others are shown all the same. */
@ApplicationScoped
class Panels {

    private static final Logger LOG = Logger.getLogger(Panels.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Panel> byName;

    Panels(@All List<Panel> panels) {
        this.byName = panels.stream().collect(Collectors.toMap(Panel::name, Function.identity()));
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance unavailable(String reason);
    }

    boolean knows(String name) {
        return byName.containsKey(name.split(":", 2)[0]);
    }

    /** @param names each with its subject, if it takes one: {@code name:subject} */
    Uni<PanelSet> show(String... names) {
        List<Uni<String>> all = Stream.of(names).map(this::render).toList();
        return Uni.join().all(all).andFailFast().map(html -> {
            Map<String, String> byGivenName = new HashMap<>();
            IntStream.range(0, names.length).forEach(i -> byGivenName.put(names[i], html.get(i)));
            return new PanelSet(byGivenName);
        });
    }

    /** Never fails. */
    Uni<String> render(String name) {
        String[] parts = name.split(":", 2);
        return Uni.createFrom()
                .deferred(() -> byName.get(parts[0]).look(parts.length > 1 ? parts[1] : ""))
                .flatMap(TemplateInstance::createUni)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithUni(failure -> instead(name, failure));
    }

    private static Uni<String> instead(String name, Throwable failure) {
        String reason = "Not available.";
        if (failure instanceof RedisUnavailableException) {
            reason = "Redis does not answer.";
        } else if (failure instanceof TimeoutException) {
            reason = "It takes too long.";
        } else {
            LOG.warnf(failure, "console panel not shown panel=%s", name.split(":", 2)[0]);
        }
        return Templates.unavailable(reason).createUni();
    }
}
