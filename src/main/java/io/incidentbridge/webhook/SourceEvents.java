package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.IncidentEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How one kind of sender words its events. */
interface SourceEvents {

    /** What tells this delivery from others, of what its signature covers. */
    Receipt receipt(Headers headers, byte[] body, JsonNode json);

    /**
     * The event in the bridge's words.
     *
     * @param source  what its incidents' source is called
     * @param eventId the first of {@link Receipt#identities()}
     * @return empty for an event that is no matter of the bridge, or of a kind that is not known yet
     */
    Optional<IncidentEvent> translate(String source, String eventId, JsonNode json);

    /**
     * A delivery's identity.
     *
     * @param identities if one of them has been seen, the delivery is a repeated one; the first is the event's id
     * @param at         the event's own signed time; empty when it does not say
     */
    record Receipt(List<String> identities, Optional<Instant> at) {}
}
