package io.incidentbridge.caller;

import io.incidentbridge.caller.CallerSnapshot.Status;
import io.incidentbridge.caller.ScreenPop.Incident;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the agent page shows, as the lookup found it.
 *
 * @param incidentsKnown false when they could not be read
 * @param topic          of the call, for the outage's banner; may be empty
 * @param at             when it was looked up, ISO-8601 UTC
 */
@RegisterForReflection(targets = {AgentCard.class, Incident.class})
record AgentCard(
        Status status,
        String name,
        String userName,
        boolean vip,
        String userUrl,
        List<Incident> incidents,
        boolean incidentsKnown,
        boolean stale,
        String topic,
        String at) {

    static AgentCard of(ScreenPop pop, String topic, String at) {
        return new AgentCard(
                pop.status(),
                pop.name(),
                pop.userName(),
                pop.vip(),
                pop.userUrl(),
                pop.incidents(),
                pop.incidentsAvailable(),
                pop.stale(),
                topic,
                at);
    }
}
