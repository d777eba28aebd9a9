package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Conversations and the attributes of their participants. {@code PATCH conversations/{id}} does not exist there. */
final class ConversationRoutes {

    private final Conversations conversations;

    ConversationRoutes(Conversations conversations) {
        this.conversations = conversations;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, "conversations/:conversation", this::get);
        api.on(
                HttpMethod.PATCH,
                "conversations/:conversation/participants/:participant/attributes",
                this::patchAttributes);
    }

    private void get(GenesysCall call) {
        call.reply(find(call).toJson());
    }

    private void patchAttributes(GenesysCall call) {
        Conversation conversation = find(call);
        Map<String, String> attributes = attributes(call.body());
        Duration propagation = Duration.ofMillis(conversations.propagationMs());
        conversation.setAttributes(call.id("participant"), attributes, propagation);
        call.reply(202);
    }

    private Conversation find(GenesysCall call) {
        return conversations.find(call.id("conversation")).orElseThrow(() -> GenesysFailure.of(404));
    }

    private static Map<String, String> attributes(JsonObject body) {
        if (!(body.getValue("attributes") instanceof JsonObject given)) {
            throw nullAttribute();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        given.forEach(entry -> {
            if (entry.getValue() == null) {
                throw nullAttribute();
            }
            if (!(entry.getValue() instanceof String text)) {
                throw GenesysFailure.of(400, "invalid.value", "Attribute values are strings: " + entry.getKey());
            }
            attributes.put(entry.getKey(), text);
        });
        return attributes;
    }

    private static GenesysFailure nullAttribute() {
        return GenesysFailure.of(
                400, "conversation.error.participant.attribute.null", "Participant attributes cannot be null.");
    }
}
