package io.incidentbridge.wrapup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.outage.Master;
import io.incidentbridge.outbox.AtOnce;
import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.Shard;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.servicenow.WrittenIncident;
import io.incidentbridge.tally.TallyConfig;
import io.incidentbridge.tally.TallyStore;
import io.incidentbridge.wrapup.Standing.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The decision records of conversations, each on the shard of the work it makes. */
@ApplicationScoped
class WrapUpStore {

    private static final RedisScript RECORD = RedisScript.load("wrapup_record", Outbox.LIBRARY, TallyStore.LIBRARY);
    private static final RedisScript WRITTEN = RedisScript.load("wrapup_written", Outbox.LIBRARY);
    private static final RedisScript NOTED = RedisScript.load("wrapup_noted", Outbox.LIBRARY);
    private static final RedisScript LINKED = RedisScript.load("wrapup_linked");

    private static final String[] TOLD = {
        "decision", "revision", "written", "outcome", "number", "url", "master", "announcement", "note"
    };

    private final Outbox outbox;
    private final RedisCommands redis;
    private final ObjectMapper json;
    private final WrapUpConfig config;
    private final TallyConfig tally;

    WrapUpStore(Outbox outbox, RedisCommands redis, ObjectMapper json, WrapUpConfig config, TallyConfig tally) {
        this.outbox = outbox;
        this.redis = redis;
        this.json = json;
        this.config = config;
        this.tally = tally;
    }

    /** What taking a wrap-up led to. */
    enum Event {
        /** The conversation's first. */
        NEW,
        /** It says something new. */
        AMENDED,
        /** Nothing new. */
        REPEAT,
        /** There have been too many amendments; not taken. */
        FULL
    }

    /** @param claimed the work it made, when it was claimed at once; else null */
    record Taken(Event event, Standing standing, OutboxItem claimed) {}

    /**
     * Keeps a wrap-up and the work it makes, in one step.
     *
     * @param verdict   for a conversation that is new
     * @param atOnce    to claim the work with
     * @param afterCall from the call's end to its wrap-up, as far as that is known
     * @param spooled   when it was said, if it comes from a spool: what was said later stays
     */
    Uni<Taken> take(
            WrapUp wrapUp, Verdict verdict, AtOnce atOnce, Optional<Duration> afterCall, Optional<Instant> spooled) {
        String conversation = wrapUp.conversationId();
        Shard shard = outbox.shardOf(conversation);
        String hash = outbox.orderOf(conversation);
        String fields = write(new TreeMap<>(wrapUp.fields()));
        List<String> arguments = List.of(
                shard.prefix(),
                hash,
                conversation,
                fingerprint(fields),
                fields,
                verdict.decision().name(),
                verdict.master(),
                verdict.announcement(),
                outbox.idOf(shard, WrapUpWork.KIND, conversation),
                WrapUpWork.KIND,
                Verdict.NOTE_KIND,
                millis(config.keep()),
                Integer.toString(config.amendments()),
                atOnce.token(),
                Long.toString(atOnce.leaseMillis()),
                write(verdict.note()),
                afterCall.map(WrapUpStore::millis).orElse(""),
                millis(tally.keep()),
                spooled.map(Instant::toEpochMilli).map(String::valueOf).orElse(""));
        return outbox.run(
                        RECORD,
                        List.of(record(conversation), shard.prefix() + "wrapups"),
                        arguments,
                        config.durability().orElse(null))
                .map(reply -> taken(reply, hash, atOnce.token()));
    }

    /** How a conversation's wrap-up stands; empty when the bridge knows nothing of it. */
    Uni<Optional<Standing>> find(String conversation) {
        List<String> arguments = new ArrayList<>(List.of(record(conversation)));
        arguments.addAll(List.of(TOLD));
        return redis.send(Command.HMGET, arguments.toArray(String[]::new)).flatMap(told -> {
            if (told.get(0) == null) {
                return Uni.createFrom().item(Optional.empty());
            }
            String id = workId(conversation, text(told, 1));
            return redis.send(Command.HGET, outbox.keyOf(id), "state")
                    .map(state -> Optional.of(standing(told, 0, id, state == null ? "" : state.toString())));
        });
    }

    /**
     * The ticket a conversation has.
     *
     * @param own whether it was created for the conversation
     */
    record Ticket(int written, String outcome, String number, String sysId, String url, boolean own) {

        static final Ticket NONE = new Ticket(0, "", "", "", "", false);

        boolean exists() {
            return !sysId.isEmpty();
        }
    }

    Uni<Ticket> ticket(String conversation) {
        return redis.send(Command.HMGET, record(conversation), "written", "outcome", "number", "sysId", "url", "own")
                .map(found -> new Ticket(
                        number(text(found, 0)),
                        text(found, 1),
                        text(found, 2),
                        text(found, 3),
                        text(found, 4),
                        text(found, 5).equals("1")));
    }

    /** Notes that the ticket has this revision, and has it linked back. */
    Uni<Void> written(WrapUp wrapUp, int revision, String outcome, WrittenIncident incident, boolean own) {
        String conversation = wrapUp.conversationId();
        Shard shard = outbox.shardOf(conversation);
        String link = write(new TreeMap<>(Map.of(
                "conversationId", conversation,
                "participantId", wrapUp.get("participantId"),
                "number", incident.number(),
                "sysId", incident.sysId(),
                "url", incident.url())));
        List<String> arguments = List.of(
                shard.prefix(),
                outbox.orderOf(conversation),
                Integer.toString(revision),
                outcome,
                incident.number(),
                incident.sysId(),
                incident.url(),
                own ? "1" : "0",
                millis(config.keep()),
                outbox.idOf(shard, LinkBack.KIND, conversation + "\n" + incident.sysId()),
                LinkBack.KIND,
                link);
        return outbox.run(
                        WRITTEN,
                        List.of(record(conversation)),
                        arguments,
                        config.durability().orElse(null))
                .invoke(() -> outbox.noticeAdded(shard))
                .replaceWithVoid();
    }

    /** Notes the master incident that a noted call went to, and has the conversation linked to it. */
    Uni<Void> noted(WrapUp wrapUp, Master master) {
        String conversation = wrapUp.conversationId();
        Shard shard = outbox.shardOf(conversation);
        String link = write(new TreeMap<>(Map.of(
                "conversationId", conversation,
                "participantId", wrapUp.get("participantId"),
                "number", master.number(),
                "sysId", master.sysId(),
                "url", master.url(),
                "master", master.number())));
        List<String> arguments = List.of(
                shard.prefix(),
                outbox.orderOf(conversation),
                master.number(),
                master.url(),
                millis(config.keep()),
                outbox.idOf(shard, LinkBack.KIND, conversation + "\n" + master.sysId()),
                LinkBack.KIND,
                link);
        return outbox.run(
                        NOTED,
                        List.of(record(conversation)),
                        arguments,
                        config.durability().orElse(null))
                .invoke(() -> outbox.noticeAdded(shard))
                .replaceWithVoid();
    }

    /** Notes how the link-back ended. */
    Uni<Void> linked(String conversation, String how) {
        return redis.run(LINKED, List.of(record(conversation)), List.of(how)).replaceWithVoid();
    }

    private Taken taken(Response reply, String hash, String token) {
        String id = text(reply, 2);
        Standing standing = standing(reply, 5, id, text(reply, 1));
        boolean claimed = text(reply, 1).equals("CLAIMED") && !text(reply, 3).isEmpty();
        OutboxItem item = claimed
                ? OutboxItem.claimed(
                        id,
                        standing.decision() == Decision.NOTE ? Verdict.NOTE_KIND : WrapUpWork.KIND,
                        hash,
                        text(reply, 3),
                        Instant.ofEpochMilli(reply.get(4).toLong()),
                        token)
                : null;
        return new Taken(Event.valueOf(text(reply, 0)), standing, item);
    }

    private static Standing standing(Response reply, int from, String workId, String workState) {
        return new Standing(
                Decision.valueOf(text(reply, from)),
                number(text(reply, from + 1)),
                number(text(reply, from + 2)),
                text(reply, from + 3),
                text(reply, from + 4),
                text(reply, from + 5),
                text(reply, from + 6),
                text(reply, from + 7),
                text(reply, from + 8),
                workId,
                workState);
    }

    private String workId(String conversation, String revision) {
        return outbox.idOf(outbox.shardOf(conversation), WrapUpWork.KIND, conversation) + "." + revision;
    }

    String record(String conversation) {
        return outbox.shardOf(conversation).prefix() + "wrapup:" + outbox.orderOf(conversation);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fingerprint(String fields) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(fields.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Response reply, int index) {
        Response field = reply.get(index);
        return field == null ? "" : field.toString();
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
