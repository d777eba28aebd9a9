package io.incidentbridge.audit;

import io.incidentbridge.audit.ChainFinding.Kind;
import java.util.ArrayList;
import java.util.List;

/** Goes through a trail from its beginning to its end and collects what does not fit; handed everything, reads nothing. */
final class ChainCheck {

    /** More would help nobody; they are counted all the same. */
    private static final int MOST_KEPT = 100;

    private final AuditKeys keys;
    private final List<ChainLink> witnesses;
    private final List<ChainFinding> findings = new ArrayList<>();
    private long found;
    private long acknowledged;
    private long acknowledgement;
    private String fingerprint = "";
    private long entries;
    private long first;

    /** The last entry in its place; null before the first one of a part of a trail. */
    private ChainLink last;

    /**
     * @param after     what the first entry follows, null to begin anywhere
     * @param witnesses entries that were seen before, for example in the log
     */
    private ChainCheck(AuditKeys keys, ChainLink after, List<ChainLink> witnesses) {
        this.keys = keys;
        this.last = after;
        this.witnesses = witnesses;
    }

    /** Of a whole trail; one that begins with an invalid checkpoint is checked from its first entry on. */
    static ChainCheck whole(AuditKeys keys, Checkpoint beginning, List<ChainLink> witnesses) {
        if (beginning == null) {
            return new ChainCheck(keys, ChainLink.START, witnesses);
        }
        if (beginning.isSealed(keys)) {
            return new ChainCheck(keys, beginning.link(), witnesses);
        }
        ChainCheck check = new ChainCheck(keys, null, witnesses);
        check.find(Kind.CHECKPOINT, beginning.seq(), beginning.seq(), "the checkpoint's seal is wrong");
        return check;
    }

    /** Of entries without what is before and after them. */
    static ChainCheck part(AuditKeys keys) {
        return new ChainCheck(keys, null, List.of());
    }

    void next(SealedEntry entry) {
        entries++;
        if (last == null && entry.seq() == 1) {
            last = ChainLink.START;
        }
        first = first == 0 ? Math.max(0, entry.seq()) : first;
        long expected = last == null ? entry.seq() : last.seq() + 1;
        if (entry.seq() == SealedEntry.FOREIGN || entry.seq() < expected) {
            find(Kind.OUT_OF_PLACE, entry.seq(), entry.seq(), "id " + entry.id());
            return;
        }
        if (entry.seq() > expected) {
            find(Kind.MISSING, expected, entry.seq() - 1, "before id " + entry.id());
        } else if (last != null && isSealed(entry) && Acknowledgement.isOf(entry, fingerprint)) {
            acknowledged = found;
            acknowledgement = entry.seq();
            fingerprint = "";
        }
        last = entry.link();
        witnesses.stream()
                .filter(seen -> seen.seq() == entry.seq() && !seen.mac().equals(entry.mac()))
                .forEach(seen -> find(Kind.ROLLED_BACK, seen.seq(), seen.seq(), "another entry was seen there"));
    }

    private boolean isSealed(SealedEntry entry) {
        if (!keys.knows(entry.kid())) {
            find(Kind.UNKNOWN_KEY, entry.seq(), entry.seq(), "key " + printable(entry.kid()));
            return false;
        }
        if (!entry.isSealed(keys, last.mac())) {
            find(Kind.CHANGED, entry.seq(), entry.seq(), "id " + entry.id());
            return false;
        }
        return true;
    }

    /** @param headSeq number of the last entry, as Redis tells it, with its seal */
    ChainReport finish(long headSeq, String headMac) {
        ChainLink end = last == null ? ChainLink.START : last;
        if (headSeq > end.seq()) {
            find(Kind.MISSING, end.seq() + 1, headSeq, "at the end");
        } else if (headSeq != end.seq() || !headMac.equals(end.mac())) {
            find(Kind.END, end.seq(), end.seq(), "Redis tells another end");
        }
        witnesses.stream()
                .filter(seen -> seen.seq() > end.seq())
                .forEach(seen -> find(Kind.ROLLED_BACK, end.seq() + 1, seen.seq(), "they were seen before"));
        return report();
    }

    ChainReport report() {
        long to = last == null ? 0 : last.seq();
        String mac = last == null ? ChainLink.START.mac() : last.mac();
        return new ChainReport(
                found == acknowledged,
                entries,
                first,
                to,
                mac,
                found,
                acknowledged,
                acknowledgement,
                fingerprint,
                List.copyOf(findings));
    }

    private void find(Kind kind, long from, long to, String detail) {
        found++;
        fingerprint = Acknowledgement.fingerprint(fingerprint, kind, from, to);
        if (findings.size() < MOST_KEPT) {
            findings.add(new ChainFinding(kind, Math.max(0, from), Math.max(0, to), detail));
        }
    }

    /** Whoever changed it may have put anything there. */
    private static String printable(String text) {
        return text.matches("[0-9a-f]{8}") ? text : "?";
    }
}
