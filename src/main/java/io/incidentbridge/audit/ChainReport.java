package io.incidentbridge.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the verification of the trail found.
 *
 * @param intact   whether there is no finding that no operator has acknowledged
 * @param entries  entries looked at
 * @param from     number of the first one, 0 for none
 * @param to       number of the last one in its place, 0 for none
 * @param endMac   its seal: with {@code to} a witness for the next verification
 * @param found    how many findings there are
 * @param acknowledged    how many of them an operator has acknowledged
 * @param acknowledgement number of the last entry that did so, 0 for none
 * @param fingerprint     of the findings that nobody has acknowledged; changes with each of them
 * @param findings the first hundred
 */
@RegisterForReflection(targets = {ChainReport.class, ChainFinding.class})
public record ChainReport(
        boolean intact,
        long entries,
        long from,
        long to,
        String endMac,
        long found,
        long acknowledged,
        long acknowledgement,
        String fingerprint,
        List<ChainFinding> findings) {}
