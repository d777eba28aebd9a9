package io.incidentbridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.outbox.OutboxArchive.Part;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What operators decide about work that failed for good; each decision is in the audit trail. */
@ApplicationScoped
public class DeadLetters {

    /** Later than anything that has happened. */
    public static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** The newest, among which a reason is looked for. */
    private static final int MOST_SEARCHED = 2000;

    private static final String DEAD = OutboxState.DEAD.name();

    private final OutboxArchive archive;
    private final OutboxWorker worker;
    private final AuditTrail audit;
    private final ObjectMapper json;

    DeadLetters(OutboxArchive archive, OutboxWorker worker, AuditTrail audit, ObjectMapper json) {
        this.archive = archive;
        this.worker = worker;
        this.audit = audit;
        this.json = json;
    }

    /**
     * @param kind   empty for every kind
     * @param reason part of the reason or of the vendor's answer, in any letter case; empty for any
     */
    Uni<List<ItemView>> list(Part part, String kind, String reason, Instant from, Instant to, int most) {
        List<String> kinds = kind.isEmpty() ? worker.kinds() : List.of(kind);
        int looked = reason.isEmpty() ? most : MOST_SEARCHED;
        return archive.list(part, kinds, from, to, looked).map(items -> items.stream()
                .map(StoredItem::view)
                .filter(item -> mentions(item, reason))
                .limit(most)
                .toList());
    }

    /**
     * Dead letters that ended at a moment or before, the newest first.
     *
     * @param kind   empty for every kind
     * @param reason part of the reason or of the vendor's answer, in any letter case; empty for any
     */
    public Uni<List<ItemView>> dead(String kind, String reason, Instant until, int most) {
        return list(Part.DEAD, kind, reason, Instant.EPOCH, until, most);
    }

    /** How items stand now, without what is to be done; those that are forgotten are left out. */
    public Uni<List<ItemView>> states(List<String> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(archive::find)
                .select()
                .where(Optional::isPresent)
                .map(found -> found.get().view())
                .collect()
                .asList();
    }

    /** One item in whatever state, with what is to be done; NOT_FOUND when there is none. */
    public Uni<ItemView> show(String id) {
        return stored(id).map(item -> item.view().with(tree(item.body())));
    }

    /** Corrects what is to be done; it stays a dead letter until it is replayed. */
    public Uni<ItemView> edit(String id, JsonNode body, String actor) {
        String after = body.toString();
        return stored(id)
                .invoke(item -> worker.fault(item.kind(), after).ifPresent(DeadLetters::refuse))
                .call(item -> archive.edit(id, item.body(), after)
                        .invoke(DeadLetters::expectDead)
                        .flatMap(was -> audited("outbox.edited", id, digest(item.body()), digest(after), actor)))
                .flatMap(item -> show(id));
    }

    /** Does many again, within the vendor's budget; answers how many were dead letters, and are no more. */
    public Uni<Integer> replay(List<String> ids, String actor) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> archive.find(id)
                        .flatMap(found -> found.isEmpty() ? Uni.createFrom().item(0) : replay(id, actor)))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> replay(String id, String actor) {
        return archive.replay(id)
                .flatMap(was -> was.equals(DEAD)
                        ? audited("outbox.replayed", id, DEAD, OutboxState.READY.name(), actor)
                                .replaceWith(1)
                        : Uni.createFrom().item(0));
    }

    /** Does one again; CONFLICT when it is no dead letter. */
    public Uni<ItemView> replayOne(String id, String actor) {
        return stored(id)
                .call(item -> archive.replay(id)
                        .invoke(DeadLetters::expectDead)
                        .flatMap(was -> audited("outbox.replayed", id, DEAD, OutboxState.READY.name(), actor)))
                .flatMap(item -> show(id));
    }

    /** It will not be done; it is shown for a while and then forgotten. */
    public Uni<ItemView> discard(String id, String reason, String actor) {
        return stored(id)
                .call(item -> archive.discard(id, reason)
                        .invoke(DeadLetters::expectDead)
                        .flatMap(was -> audited("outbox.discarded", id, DEAD, "DISCARDED: " + reason, actor)))
                .flatMap(item -> show(id));
    }

    private Uni<StoredItem> stored(String id) {
        return archive.find(id)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such item in the outbox.")));
    }

    /** Bodies hold callers' data, so the trail has their digests: enough to prove which text it was. */
    private Uni<Void> audited(String action, String id, String before, String after, String actor) {
        return audit.tell(
                new AuditTrail.Entry(actor, action, "outbox/" + id, Map.of("item", before), Map.of("item", after), ""));
    }

    private static void expectDead(String was) {
        if (was.equals("CHANGED")) {
            throw new ProblemException(ProblemType.CONFLICT, "Somebody else has just changed this dead letter.");
        }
        if (!was.equals(DEAD)) {
            throw new ProblemException(ProblemType.CONFLICT, "The item is no dead letter, or no longer one.");
        }
    }

    private static void refuse(String fault) {
        throw new ProblemException(
                ProblemType.VALIDATION,
                "The body is not what this kind of work needs.",
                List.of(new FieldError("/body", "body", "body", fault)));
    }

    private static boolean mentions(ItemView item, String part) {
        String text = (item.reason() + " " + item.answer()).toLowerCase(Locale.ROOT);
        return text.contains(part.toLowerCase(Locale.ROOT));
    }

    private JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return json.getNodeFactory().textNode(body);
        }
    }

    private static String digest(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
