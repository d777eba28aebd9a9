package io.incidentbridge.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * How ill a simulated vendor is. At most one of the rates strikes a request; they are drawn one after the other in the
 * order hang, failure, lost reply, html, truncate, so each is a share of the requests that the ones before it spared.
 *
 * @param latencyMs              median of the time before the work is done
 * @param latencySigma           sigma of the lognormal distribution around it; 0 is a constant latency
 * @param failureRate            share answered with {@code failureStatus}, work not done
 * @param lostReplyRate          share whose work is done and whose connection is then closed without a reply
 * @param hangRate               share accepted and never answered, work not done; the connection stays open until the
 *                               client leaves
 * @param htmlRate               share whose work is done and answered with 200 {@code text/html}
 * @param truncateRate           share whose work is done and whose answer breaks off half-way
 * @param rateLimit              requests per window and client; refused ones do not count
 * @param rateLimitHeaders       whether answers tell of the limit; without them a 429 looks like exhausted semaphores
 * @param commitLagSeconds       how late the limiter learns of a request, as a node that commits its counts now and
 *                               then; limits overshoot by what arrives meanwhile
 * @param propagationMs          how late an accepted write becomes visible where the vendor works asynchronously
 */
public record FaultSet(
        int latencyMs,
        double latencySigma,
        double failureRate,
        int failureStatus,
        double lostReplyRate,
        double hangRate,
        double htmlRate,
        double truncateRate,
        int rateLimit,
        int rateLimitWindowSeconds,
        boolean rateLimitHeaders,
        int commitLagSeconds,
        int propagationMs) {

    /** One-shot: it makes the vendor forget its tokens and is no part of the set that is kept. */
    static final String REVOKE_TOKENS = "revokeTokens";

    private static final Set<String> FIELDS = Set.of(
            "latencyMs",
            "latencySigma",
            "failureRate",
            "failureStatus",
            "lostReplyRate",
            "hangRate",
            "htmlRate",
            "truncateRate",
            "rateLimit",
            "rateLimitWindowSeconds",
            "rateLimitHeaders",
            "commitLagSeconds",
            "propagationMs",
            REVOKE_TOKENS);

    static final int LONGEST_MS = 600_000;

    static StrictJson parse(Buffer body) {
        return StrictJson.parse(body, FIELDS);
    }

    static FaultSet healthy(int rateLimit) {
        return new FaultSet(0, 0, 0, 503, 0, 0, 0, 0, rateLimit, 60, true, 0, 0);
    }

    /** The whole set: what the document does not name is healthy, whatever it was before. */
    static FaultSet of(StrictJson json, int defaultRateLimit) {
        FaultSet healthy = healthy(defaultRateLimit);
        return new FaultSet(
                json.integer("latencyMs", healthy.latencyMs, 0, LONGEST_MS),
                json.number("latencySigma", healthy.latencySigma, 0, 5),
                json.number("failureRate", healthy.failureRate, 0, 1),
                json.integer("failureStatus", healthy.failureStatus, 400, 599),
                json.number("lostReplyRate", healthy.lostReplyRate, 0, 1),
                json.number("hangRate", healthy.hangRate, 0, 1),
                json.number("htmlRate", healthy.htmlRate, 0, 1),
                json.number("truncateRate", healthy.truncateRate, 0, 1),
                json.integer("rateLimit", healthy.rateLimit, 0, 1_000_000),
                json.integer("rateLimitWindowSeconds", healthy.rateLimitWindowSeconds, 1, 86_400),
                json.flag("rateLimitHeaders", healthy.rateLimitHeaders),
                json.integer("commitLagSeconds", healthy.commitLagSeconds, 0, 300),
                json.integer("propagationMs", healthy.propagationMs, 0, LONGEST_MS));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("latencyMs", latencyMs)
                .put("latencySigma", latencySigma)
                .put("failureRate", failureRate)
                .put("failureStatus", failureStatus)
                .put("lostReplyRate", lostReplyRate)
                .put("hangRate", hangRate)
                .put("htmlRate", htmlRate)
                .put("truncateRate", truncateRate)
                .put("rateLimit", rateLimit)
                .put("rateLimitWindowSeconds", rateLimitWindowSeconds)
                .put("rateLimitHeaders", rateLimitHeaders)
                .put("commitLagSeconds", commitLagSeconds)
                .put("propagationMs", propagationMs);
    }
}
