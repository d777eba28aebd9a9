package io.incidentbridge.caller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Cards that links lead to, kept in Redis for a link's life: opening a page costs ServiceNow nothing, works while it is away,
 * and shows what the Data Action answered. A later lookup of the conversation replaces the card, so that a page that is open
 * already shows the caller found by employee id when it is loaded again.
 */
@ApplicationScoped
class AgentPages {

    private static final Logger LOG = Logger.getLogger(AgentPages.class);

    private final AgentLinks links;
    private final AgentPageConfig config;
    private final RedisCommands redis;
    private final KeyedHash hash;
    private final ObjectMapper json;
    private final Clock clock;

    AgentPages(
            AgentLinks links,
            AgentPageConfig config,
            RedisCommands redis,
            KeyedHash hash,
            ObjectMapper json,
            Clock clock) {
        this.links = links;
        this.config = config;
        this.redis = redis;
        this.hash = hash;
        this.json = json;
        this.clock = clock;
    }

    /** The page's address; empty where there is no page, or Redis cannot keep its card. */
    Uni<String> link(ScreenPop pop, LookupRequest request) {
        if (config.url().isEmpty()) {
            return Uni.createFrom().item("");
        }
        String reference = Ids.given(request.conversationId())
                ? hash.hash("agent-page", request.conversationId())
                : UUID.randomUUID().toString().replace("-", "");
        return keep(reference, AgentCard.of(pop, topic(request), now()))
                .map(kept -> address(reference))
                .onFailure()
                .invoke(failure -> LOG.debugf("no agent page reason=%s", failure))
                .onFailure()
                .recoverWithItem("");
    }

    /** The card of a link; empty when the link is not ours, has expired, or its card is gone. */
    Uni<Optional<AgentCard>> open(String link) {
        return links.open(link, clock.instant())
                .map(reference -> redis.send(Command.GET, key(reference)).map(this::read))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Response> keep(String reference, AgentCard card) {
        return redis.send(
                Command.SET,
                key(reference),
                write(card),
                "PX",
                Long.toString(config.lifetime().toMillis()));
    }

    private String address(String reference) {
        String base = config.url().orElseThrow().toString().replaceAll("/+$", "");
        return base + "/agent/pop?link=" + links.sign(reference, clock.instant().plus(config.lifetime()));
    }

    private Optional<AgentCard> read(Response kept) {
        try {
            return kept == null ? Optional.empty() : Optional.of(json.readValue(kept.toString(), AgentCard.class));
        } catch (JsonProcessingException e) {
            LOG.debug("a card of another version is not shown");
            return Optional.empty();
        }
    }

    private String write(AgentCard card) {
        try {
            return json.writeValueAsString(card);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String topic(LookupRequest request) {
        return request.topic() == null ? "" : request.topic();
    }

    private static String key(String reference) {
        return "ib:{agent-page:" + reference + "}";
    }
}
