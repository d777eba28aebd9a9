package io.incidentbridge.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the verification of the trail found.
 *
 * @param intact   whether there was no finding
 * @param entries  entries looked at
 * @param from     number of the first one, 0 for none
 * @param to       number of the last one in its place, 0 for none
 * @param endMac   its seal: with {@code to} a witness for the next verification
 * @param found    how many findings there are
 * @param findings the first hundred
 */
@RegisterForReflection(targets = {ChainReport.class, ChainFinding.class})
public record ChainReport(
        boolean intact, long entries, long from, long to, String endMac, long found, List<ChainFinding> findings) {}
