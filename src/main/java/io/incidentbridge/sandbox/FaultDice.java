package io.incidentbridge.sandbox;

import java.util.random.RandomGenerator;

/** Draws what befalls a request; the same seed and order of requests give the same faults. */
final class FaultDice {

    private final RandomGenerator random;

    FaultDice(RandomGenerator random) {
        this.random = random;
    }

    synchronized Fault fault(FaultSet faults) {
        if (strikes(faults.hangRate())) {
            return Fault.HANG;
        }
        if (strikes(faults.failureRate())) {
            return Fault.FAIL;
        }
        if (strikes(faults.lostReplyRate())) {
            return Fault.LOSE_REPLY;
        }
        if (strikes(faults.htmlRate())) {
            return Fault.HTML;
        }
        return strikes(faults.truncateRate()) ? Fault.TRUNCATE : Fault.NONE;
    }

    synchronized long latencyMs(FaultSet faults) {
        if (faults.latencyMs() == 0) {
            return 0;
        }
        double factor = faults.latencySigma() == 0 ? 1 : Math.exp(faults.latencySigma() * random.nextGaussian());
        return Math.min(Math.round(faults.latencyMs() * factor), FaultSet.LONGEST_MS);
    }

    private boolean strikes(double rate) {
        return rate > 0 && random.nextDouble() < rate;
    }
}
