package io.incidentbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists and exports the trail. */
@ApplicationScoped
public class AuditReader {

    /** A filter that matches little must not keep Redis busy: the caller comes back with the cursor. */
    private static final int MOST_LOOKED_AT = 20_000;

    private static final String CSV_HEADER = "seq,id,at,actor,action,record,before,after,conversationId,kid,mac";

    private final AuditStore store;
    private final ObjectMapper mapper;

    AuditReader(AuditStore store, ObjectMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    /**
     * The newest entries first.
     *
     * @param cursor the {@code next} of the page before; null or empty for the first one
     * @param limit  1 to 1,000
     */
    public Uni<AuditPage> page(AuditFilter filter, String cursor, int limit) {
        Selection selection = new Selection(filter, limit);
        return store.backward(filter.upper(cursor), filter.lower())
                .select()
                .first(selection::take)
                .onItem()
                .ignoreAsUni()
                .map(done -> selection.page());
    }

    /** One JSON document each, the oldest entry first; whoever sends them ends the lines. */
    Multi<String> jsonLines(AuditFilter filter) {
        return matching(filter).map(this::json);
    }

    /** RFC 4180 with a header, one line each, the oldest entry first; whoever sends them ends the lines. */
    Multi<String> csv(AuditFilter filter) {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(CSV_HEADER), matching(filter).map(AuditReader::csvLine));
    }

    private Multi<AuditEntry> matching(AuditFilter filter) {
        return store.forward(filter.lower(), filter.upper(null))
                .select()
                .where(filter::matches)
                .map(AuditEntry::of);
    }

    private String json(AuditEntry entry) {
        try {
            return mapper.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csvLine(AuditEntry entry) {
        return Stream.of(
                        Long.toString(entry.seq()),
                        entry.id(),
                        entry.at(),
                        entry.actor(),
                        entry.action(),
                        entry.record(),
                        SealedEntry.canonical(entry.before()),
                        SealedEntry.canonical(entry.after()),
                        entry.conversationId(),
                        entry.kid(),
                        entry.mac())
                .map(AuditReader::cell)
                .collect(Collectors.joining(","));
    }

    /** What a spreadsheet would take for a formula gets an apostrophe, which it shows as text. */
    private static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Takes entries until the page is full. */
    private static final class Selection {

        private final AuditFilter filter;
        private final int limit;
        private final List<AuditEntry> chosen = new ArrayList<>();
        private int lookedAt;
        private String last = "";
        private boolean more;

        Selection(AuditFilter filter, int limit) {
            this.filter = filter;
            this.limit = limit;
        }

        /** @return false, without taking it, when the page is full */
        boolean take(SealedEntry entry) {
            more = chosen.size() == limit || lookedAt == MOST_LOOKED_AT;
            if (more) {
                return false;
            }
            lookedAt++;
            last = entry.id();
            if (filter.matches(entry)) {
                chosen.add(AuditEntry.of(entry));
            }
            return true;
        }

        AuditPage page() {
            return new AuditPage(List.copyOf(chosen), more ? last : "");
        }
    }
}
