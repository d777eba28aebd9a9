package io.incidentbridge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.webhook.SourceEvents.Receipt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes what is proven to be from its sender: stores it once, and has it applied. */
@ApplicationScoped
class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final Inbox inbox;
    private final InboxWorker worker;
    private final ObjectMapper json;
    private final WebhookConfig config;
    private final Clock clock;

    Reception(Inbox inbox, InboxWorker worker, ObjectMapper json, WebhookConfig config, Clock clock) {
        this.inbox = inbox;
        this.worker = worker;
        this.json = json;
        this.config = config;
        this.clock = clock;
    }

    /** @param body signed, of the length that is allowed */
    Uni<Outcome> receive(WebhookSource source, String name, Headers headers, byte[] body) {
        Optional<String> text = utf8(body);
        Optional<JsonNode> parsed = text.flatMap(this::parse);
        if (parsed.isEmpty()) {
            // The sender's key has signed it, so delivering it again would bring the same.
            LOG.warnf("webhook ignored: signed, but no JSON source=%s name=%s", source.path(), name);
            return Uni.createFrom().item(Outcome.UNREADABLE);
        }
        Receipt receipt = source.events().receipt(headers, body, parsed.get());
        if (isStale(receipt)) {
            LOG.warnf("webhook ignored: old or without a time source=%s name=%s", source.path(), name);
            return Uni.createFrom().item(Outcome.STALE);
        }
        return inbox.accept(source, name, receipt.identities(), text.get()).map(acceptance -> switch (acceptance) {
            case STORED -> {
                worker.wake(source);
                yield Outcome.ACCEPTED;
            }
            case DUPLICATE -> Outcome.DUPLICATE;
            case FULL -> Outcome.OVERLOADED;
        });
    }

    /** Beyond what the inbox recognises as repeated a captured delivery could be played again, were it not for this. */
    private boolean isStale(Receipt receipt) {
        Instant oldest = clock.instant().minus(config.oldest());
        return receipt.at().isEmpty() || receipt.at().get().isBefore(oldest);
    }

    private Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(json.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What became of a signed delivery. */
    enum Outcome {
        /** Stored; applied next. */
        ACCEPTED,
        /** Seen before. */
        DUPLICATE,
        /** Too old to be told from a repeated one, or without a time. */
        STALE,
        /** No JSON object. */
        UNREADABLE,
        /** Not stored, as too many wait already. */
        OVERLOADED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
