package io.incidentbridge.emergency;

import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentSource;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which id an incident's claim is known. A source that the bridge reads, of which there is one each, gives the incident's
 * key alone, so that the API can tell of the same claim and the source can be asked about it. Any other sender's key says
 * nothing beyond that sender, as another's incident may have the same one: there it is {@code <source>:<key>}.
 */
@ApplicationScoped
class ClaimIds {

    private static final int LONGEST = 100;

    private final EmergencyStore store;
    private final Set<String> read;

    ClaimIds(EmergencyStore store, @All List<IncidentSource> sources) {
        this.store = store;
        this.read = sources.stream().map(IncidentSource::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The claims that an event is about. A sender's claim that was stored by its key alone goes on by it for as long as it is
     * remembered; an end also ends what has come to be known by the other id meanwhile, as both are given during an upgrade.
     *
     * @param ends whether it ends what the incident holds
     * @return at least one
     */
    Uni<List<String>> of(IncidentEvent event, boolean ends) {
        String plain = allowed(event.key());
        if (read.contains(event.source())) {
            return Uni.createFrom().item(List.of(plain));
        }
        String own = own(event.source(), plain);
        return store.claim(plain).map(claim -> {
            boolean known = claim != null && claim.source().equals(event.source());
            return known ? ends ? List.of(plain, own) : List.of(plain) : List.of(own);
        });
    }

    /** The key is kept whole; it is as long as an id may be at most. */
    private static String own(String source, String key) {
        String id = allowed(source) + ":" + key;
        return id.substring(Math.max(0, id.length() - LONGEST));
    }

    /** As the contract has it, so that what comes by the API about the same incident meets the same claim. */
    private static String allowed(String text) {
        return text.replaceAll("[^A-Za-z0-9_.:-]", "_");
    }
}
