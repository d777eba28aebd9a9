package io.incidentbridge.report;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A part of the report, or why there is none.
 *
 * @param missing parts that could not be read, none or this one
 */
record Part<T>(T content, List<ServiceDeskReport.Unavailable> missing) {

    private static final Logger LOG = Logger.getLogger(Part.class);

    /** @param instead what the report shows when Redis or ServiceNow is away */
    static <T> Uni<Part<T>> of(String name, Uni<T> read, T instead) {
        return read.map(content -> new Part<>(content, List.of()))
                .onFailure(Part::isAway)
                .invoke(failure -> LOG.warnf("report without part=%s reason=%s", name, failure))
                .onFailure(Part::isAway)
                .recoverWithItem(failure ->
                        new Part<>(instead, List.of(new ServiceDeskReport.Unavailable(name, reason(failure)))));
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof ConnectorException || failure instanceof RedisUnavailableException;
    }

    private static String reason(Throwable failure) {
        return failure instanceof ConnectorException known ? known.vendor() + ": " + known.reason() : "Redis is away";
    }
}
