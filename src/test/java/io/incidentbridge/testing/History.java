package io.incidentbridge.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was recorded of a run, and whether it is a history that the bridge may leave, whatever broke meanwhile: no vendor got
 * more than its limit in any window, a conversation that was accepted has one incident, a lease's fences only grow, and
 * every change of routing is in an audit trail without gaps.
 */
public final class History {

    private final List<String> overruns = new ArrayList<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Map<String, Set<String>> tickets = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final List<String> falls = new ArrayList<>();
    private final Set<String> changes = new LinkedHashSet<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final TreeSet<Long> places = new TreeSet<>();

    /**
     * What a vendor counted itself.
     *
     * @param most    requests in any sliding window, refused ones included
     * @param refused of them, as there was no room
     */
    public synchronized void counted(String vendor, int most, int limit, int refused) {
        if (most > limit || refused > 0) {
            overruns.add(vendor + " got " + most + " requests in a window of " + limit + " and refused " + refused);
        }
    }

    /** The bridge said that it has a conversation's wrap-up; again is as once. */
    public synchronized void accepted(String conversation) {
        accepted.add(conversation);
    }

    /** An incident that ServiceNow has in the end. */
    public synchronized void ticket(String conversation, String number) {
        tickets.computeIfAbsent(conversation, absent -> new TreeSet<>()).add(number);
    }

    /** The last fence that was given for a lease, in the order in which it was looked at. */
    public synchronized void fence(String lease, long fence) {
        Long before = fences.put(lease, fence);
        if (before != null && fence < before) {
            falls.add("the fence of " + lease + " fell from " + before + " to " + fence);
        }
    }

    /** A change that was seen to happen, for example {@code emergency.activated} by an incident. */
    public synchronized void changed(String action, String incident) {
        changes.add(action + " by " + incident);
    }

    /**
     * An entry of the audit trail.
     *
     * @param seq      its place
     * @param incident with which its reason begins
     */
    public synchronized void audited(long seq, String action, String incident) {
        places.add(seq);
        told.add(action + " by " + incident);
    }

    /** Accepted and without an incident. */
    public synchronized List<String> lost() {
        return accepted.stream()
                .filter(conversation -> !tickets.containsKey(conversation))
                .toList();
    }

    /** Conversations with several incidents, also when nobody was told that they were accepted. */
    public synchronized List<String> doubled() {
        return tickets.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " has " + String.join(", ", entry.getValue()))
                .toList();
    }

    /** All that must not be, a line each; empty for a sound history. */
    public synchronized List<String> violations() {
        List<String> all = new ArrayList<>(overruns);
        lost().forEach(conversation -> all.add("no incident for " + conversation));
        all.addAll(doubled());
        all.addAll(falls);
        changes.stream().filter(change -> !told.contains(change)).forEach(change -> all.add("not audited: " + change));
        if (!places.isEmpty() && places.last() - places.first() + 1 != places.size()) {
            all.add("the audit trail has gaps: " + places.size() + " entries from " + places.first() + " to "
                    + places.last());
        }
        return all;
    }

    /** For a report: what was checked, or what is wrong. */
    public synchronized String verdict() {
        List<String> violations = violations();
        if (!violations.isEmpty()) {
            return "History: " + violations.size() + " violations: "
                    + String.join("; ", violations.subList(0, Math.min(5, violations.size()))) + ".";
        }
        return "History: sound (" + accepted.size() + " conversations with one incident each, " + changes.size()
                + " changes of routing audited, " + fences.size() + " keys with fences that only grew).";
    }
}
