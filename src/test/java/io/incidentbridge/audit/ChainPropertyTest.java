package io.incidentbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whoever can write to Redis but has no key: whatever is done to the trail is found. */
class ChainPropertyTest {

    private static final int LONGEST = 30;

    @Property(tries = 100)
    void shouldFindNothingInATrailThatIsAsItWasWritten(
            @ForAll @IntRange(max = LONGEST) int length, @ForAll @IntRange(max = LONGEST) int forgotten) {
        TrailModel trail = TrailModel.of(length);
        if (forgotten > 0 && forgotten <= length) {
            trail.forget(forgotten);
        }

        assertThat(trail.check(trail.end()).findings()).isEmpty();
    }

    @Property(tries = 300)
    void shouldFindAnyChangedValue(
            @ForAll @IntRange(min = 1, max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int at,
            @ForAll @IntRange(max = 9) int value,
            @ForAll @IntRange(max = 50) int character,
            @ForAll boolean replaced) {
        TrailModel trail = TrailModel.of(length);
        int index = at % length;
        SealedEntry entry = trail.entries.get(index);
        trail.entries.set(index, changed(entry, value, character, replaced));

        assertThat(trail.check().intact()).isFalse();
    }

    /** One character of the value at this place: another one, or one more. */
    private static SealedEntry changed(SealedEntry entry, int value, int character, boolean replaced) {
        List<String> values = new ArrayList<>(List.of(entry.id(), entry.kid(), entry.mac()));
        values.addAll(entry.fields());
        String old = values.get(value);
        int place = character % old.length();
        String now = old.substring(0, place)
                + (old.charAt(place) == '7' ? '8' : '7')
                + old.substring(replaced ? place + 1 : place);
        values.set(value, now);
        return new SealedEntry(
                values.get(0), entry.seq(), values.get(1), values.subList(3, values.size()), values.get(2));
    }

    @Property(tries = 200)
    void shouldFindAnyMissingEntries(
            @ForAll @IntRange(min = 1, max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int from,
            @ForAll @IntRange(min = 1, max = LONGEST) int count) {
        TrailModel trail = TrailModel.of(length);
        int first = from % length;
        trail.entries.subList(first, Math.min(length, first + count)).clear();

        assertThat(trail.check().intact()).isFalse();
    }

    @Property(tries = 200)
    void shouldFindAnyOtherOrder(
            @ForAll @IntRange(min = 2, max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int one,
            @ForAll @IntRange(max = LONGEST) int other) {
        Assume.that(one % length != other % length);
        TrailModel trail = TrailModel.of(length);
        Collections.swap(trail.entries, one % length, other % length);

        assertThat(trail.check().intact()).isFalse();
    }

    @Property(tries = 200)
    void shouldFindAnyEntryTwiceOrFromAnotherTrail(
            @ForAll @IntRange(min = 1, max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int copied,
            @ForAll @IntRange(max = LONGEST) int to,
            @ForAll boolean foreign) {
        TrailModel trail = TrailModel.of(length);
        TrailModel source = foreign ? TrailModel.of(length, "other ") : trail;
        trail.entries.add(to % (length + 1), source.entries.get(copied % length));

        assertThat(trail.check().intact()).isFalse();
    }

    @Property(tries = 200)
    void shouldFindATrailThatWasRolledBackWithItsHead(
            @ForAll @IntRange(min = 1, max = LONGEST) int length, @ForAll @IntRange(max = LONGEST) int kept) {
        TrailModel trail = TrailModel.of(length);
        ChainLink seen = trail.end();
        trail.entries.subList(kept % length, length).clear();
        trail.moveHead();

        assertThat(trail.check(seen).findings())
                .extracting(ChainFinding::kind)
                .containsExactly(ChainFinding.Kind.ROLLED_BACK);
    }

    @Property(tries = 200)
    void shouldFindATrailThatWasRolledBackAndGoesOn(
            @ForAll @IntRange(min = 1, max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int kept,
            @ForAll @IntRange(min = 1, max = LONGEST) int more) {
        TrailModel trail = TrailModel.of(length);
        ChainLink seen = trail.end();
        trail.entries.subList(kept % length, length).clear();
        for (int i = 0; i < more; i++) {
            trail.append(TrailModel.KEYS, "after the cut " + i);
        }

        assertThat(trail.check(seen).intact()).isFalse();
    }

    @Property(tries = 100)
    void shouldFindEntriesSealedWithAnotherKey(
            @ForAll @IntRange(max = LONGEST) int length, @ForAll @IntRange(min = 1, max = 5) int forged) {
        TrailModel trail = TrailModel.of(length);
        AuditKeys other = new AuditKeys(List.of("guessed"));
        for (int i = 0; i < forged; i++) {
            trail.append(other, "forged " + i);
        }

        assertThat(trail.check().found()).isEqualTo(forged);
    }

    @Property(tries = 200)
    void shouldFindABeginningThatWasMovedWithoutAKey(
            @ForAll @IntRange(min = 2, max = LONGEST) int length, @ForAll @IntRange(min = 1, max = LONGEST) int cut) {
        TrailModel trail = TrailModel.of(length);
        int count = 1 + cut % (length - 1);
        SealedEntry last = trail.entries.get(count - 1);
        String seal = last.mac();
        trail.entries.subList(0, count).clear();
        assertThat(trail.check().intact()).isFalse();

        trail.checkpoint = new Checkpoint(
                last.seq(), last.mac(), last.id(), "2026-07-01T12:00:00Z", TrailModel.KEYS.current(), seal);
        assertThat(trail.check().intact()).isFalse();
    }
}
