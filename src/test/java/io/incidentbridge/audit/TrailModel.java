package io.incidentbridge.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A whole trail in memory, with what Redis would hold of it, for somebody to tamper with. */
final class TrailModel {

    static final AuditKeys KEYS = new AuditKeys(List.of("trail-key-trail-key-trail-key-trail"));

    final List<SealedEntry> entries = new ArrayList<>();
    Checkpoint checkpoint;
    long headSeq;
    String headMac = ChainLink.START.mac();

    static TrailModel of(int length) {
        return of(length, "entry ");
    }

    static TrailModel of(int length, String text) {
        TrailModel trail = new TrailModel();
        for (int i = 1; i <= length; i++) {
            trail.append(KEYS, text + i);
        }
        return trail;
    }

    void append(AuditKeys keys, String text) {
        ChainLink last = end();
        SealedEntry next = SealedEntry.seal(keys, last, last.nextId(1_800_000_000_000L + entries.size()), fields(text));
        entries.add(next);
        headSeq = next.seq();
        headMac = next.mac();
    }

    ChainLink end() {
        if (!entries.isEmpty()) {
            return entries.get(entries.size() - 1).link();
        }
        return checkpoint == null ? ChainLink.START : checkpoint.link();
    }

    /** As the bridge forgets. */
    TrailModel forget(int count) {
        checkpoint = Checkpoint.seal(KEYS, entries.get(count - 1), "2026-07-01T12:00:00Z");
        entries.subList(0, count).clear();
        return this;
    }

    /** What Redis holds is made to end with what is there. */
    void moveHead() {
        headSeq = end().seq();
        headMac = end().mac();
    }

    ChainReport check(ChainLink... witnesses) {
        return check(KEYS, witnesses);
    }

    ChainReport check(AuditKeys keys, ChainLink... witnesses) {
        ChainCheck check = ChainCheck.whole(keys, checkpoint, List.of(witnesses));
        entries.forEach(check::next);
        return check.finish(headSeq, headMac);
    }

    static List<String> fields(String text) {
        return SealedEntry.FIELDS.stream()
                .map(name -> name.equals("record") ? text : name.equals("before") || name.equals("after") ? "{}" : name)
                .collect(Collectors.toList());
    }
}
