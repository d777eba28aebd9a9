package io.incidentbridge.ratelimit;

import java.time.Duration;
import java.util.List;

/**
 * What one replica knows of one vendor's budget: its own admissions, what it may admit alone, and what Redis has not been
 * told. Handed the time, in monotonic milliseconds.
 */
final class LocalLedger {

    /** Shares grow slowly, but Redis may be back at any moment; ms. */
    private static final long ASK_AGAIN = 200;

    private static final int MOST_DOUBLINGS = 30;

    private final List<LocalShare> shares;
    private final BudgetConfig config;
    private String epoch = "";
    private long seq;
    private long heard;
    private long batch;
    private boolean reporting;
    private boolean everythingDue = true;
    private boolean away = true;
    private int replicas;
    private int told;
    private long pausedUntil;
    private long strikes;

    LocalLedger(List<LocalShare> shares, BudgetConfig config) {
        this.shares = shares;
        this.config = config;
        this.replicas = config.replicas();
    }

    /** Whether Redis did not answer lately: then nobody waits for its deadline again. */
    synchronized boolean away() {
        return away;
    }

    /** @return whether that is news */
    synchronized boolean lost() {
        boolean news = !away;
        away = true;
        return news;
    }

    synchronized String epoch() {
        return epoch;
    }

    synchronized long strikes() {
        return strikes;
    }

    synchronized void strikes(long count) {
        strikes = count;
    }

    synchronized void pausedUntil(long until) {
        pausedUntil = until;
    }

    synchronized long paused(long now) {
        return Math.max(0, pausedUntil - now);
    }

    /**
     * The vendor refused a request; as lua/budget_answer.lua has it for all, until that was asked or while it is away. Many
     * requests are under way when the first is refused: one pause is one strike.
     *
     * @param asked  pause the vendor asked for, null for none
     * @param random 0 to 1
     */
    synchronized void refused(long now, Duration asked, double random) {
        boolean begins = pausedUntil <= now;
        if (begins) {
            strikes++;
        }
        long longest = config.maxPause().toMillis();
        if (asked != null) {
            pausedUntil = Math.max(pausedUntil, now + Math.min(asked.toMillis(), longest));
        } else if (begins) {
            double most =
                    Math.min(longest, config.firstPause().toMillis() * Math.pow(2, Math.min(strikes, MOST_DOUBLINGS)));
            pausedUntil = now + (long) Math.ceil(random * most);
        }
    }

    /** The vendor served a request: a success ends a row of refusals. */
    synchronized void served(long now) {
        if (pausedUntil <= now) {
            strikes = 0;
        }
    }

    /**
     * Redis admitted a request.
     *
     * @param underEpoch when it was asked
     * @return false when that Redis is gone: this replica has reported without it, so it must not be sent
     */
    synchronized boolean admitted(long now, String underEpoch, List<LocalShare> asked) {
        if (!epoch.equals(underEpoch)) {
            return false;
        }
        asked.forEach(share -> share.admittedByRedis(now));
        return true;
    }

    /**
     * Without Redis.
     *
     * @param part of the replica's share that the lane may use
     */
    synchronized Verdict alone(long now, Lane lane, double part, List<LocalShare> asked) {
        if (pausedUntil > now && lane != Lane.EMERGENCY) {
            return Verdict.waitFor(pausedUntil - now);
        }
        if (asked.stream().anyMatch(share -> !share.hasRoom(now, part))) {
            return Verdict.waitFor(ASK_AGAIN);
        }
        asked.forEach(share -> share.admittedAlone(now));
        return Verdict.ADMITTED;
    }

    /** The next heartbeat. A report is repeated unchanged until it is confirmed. */
    synchronized SyncCall nextSync(long now, boolean leaving) {
        if (everythingDue || !reporting && shares.stream().anyMatch(share -> share.hasUnreported(now))) {
            shares.forEach(share -> share.seal(everythingDue, now));
            everythingDue = false;
            reporting = true;
            batch++;
        }
        List<SyncCall.Window> windows = shares.stream()
                .map(share -> new SyncCall.Window(share.allowance(), share.reportByAge(now)))
                .toList();
        return new SyncCall(++seq, heard, epoch, replicas, told, batch, leaving, windows);
    }

    /** @return whether another heartbeat is due at once */
    synchronized boolean answered(SyncCall call, SyncReply reply, long now) {
        if (reply instanceof SyncReply.NewEpoch news) {
            epoch = news.epoch();
            everythingDue = true;
            return true;
        }
        if (reply instanceof SyncReply.Heard it) {
            return heard(call, it, now);
        }
        return false;
    }

    private boolean heard(SyncCall call, SyncReply.Heard reply, long now) {
        away = false;
        heard = call.seq();
        replicas = Math.max(config.replicas(), reply.replicas());
        told = reply.divisor();
        pausedUntil = now + reply.paused();
        strikes = reply.strikes();
        if (reporting && call.batch() == batch) {
            reporting = false;
            shares.forEach(LocalShare::reported);
        }
        for (int i = 0; i < shares.size(); i++) {
            SyncReply.Window window = reply.windows().get(i);
            shares.get(i).heard(now, window.limit(), window.allowance(), told, window.leaves());
        }
        return !reply.confirmed() || shares.stream().anyMatch(share -> share.hasUnreported(now));
    }
}
