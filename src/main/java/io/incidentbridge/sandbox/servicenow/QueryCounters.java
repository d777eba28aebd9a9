package io.incidentbridge.sandbox.servicenow;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what only a careless or hostile query causes, so that a test can prove that none got through. */
final class QueryCounters {

    private final AtomicLong ignoredTerms = new AtomicLong();
    private final AtomicLong javascriptEvaluations = new AtomicLong();

    void termIgnored() {
        ignoredTerms.incrementAndGet();
    }

    void javascriptEvaluated() {
        javascriptEvaluations.incrementAndGet();
    }

    long ignoredTerms() {
        return ignoredTerms.get();
    }

    long javascriptEvaluations() {
        return javascriptEvaluations.get();
    }

    void reset() {
        ignoredTerms.set(0);
        javascriptEvaluations.set(0);
    }
}
