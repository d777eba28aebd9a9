package io.incidentbridge.console;

import io.incidentbridge.itsm.ClientBreakers;
import io.incidentbridge.redis.RedisCommands;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Whether Redis and the vendors answer, as the replica that is asked has seen it. */
@ApplicationScoped
class HealthPanel implements Panel {

    private final RedisCommands redis;
    private final ClientBreakers breakers;

    HealthPanel(RedisCommands redis, ClientBreakers breakers) {
        this.redis = redis;
        this.breakers = breakers;
    }

    /** @param look as {@link TemplateWords} has them */
    record Part(String name, String look, String state) {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance health(List<Part> parts);
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public Uni<TemplateInstance> look(String subject) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                redis.isAvailable() ? new Part("Redis", "ok", "answers") : new Part("Redis", "bad", "does not answer"));
        ClientBreakers.NAMES.forEach(name -> parts.add(part(name, breakers.state(name))));
        return Uni.createFrom().item(Templates.health(parts));
    }

    private static Part part(String name, String state) {
        return switch (state) {
            case "closed" -> new Part(name, "ok", "answers");
            case "half_open" -> new Part(name, "warn", "being tried again");
            default -> new Part(name, "bad", "fails: breaker open");
        };
    }
}
