package io.incidentbridge.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Tells whoever started the sandbox what to try first. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "sandbox"})
class SandboxBanner {

    private static final String TEXT =
            """

            Incident Bridge sandbox on %1$s. Keys: sandbox-data-action, sandbox-emergency, sandbox-operator

              Look at it, and break it with one click:
                %1$s/console, %1$s/sandbox/tour
              A known caller rings:
                curl -H 'X-API-Key: sandbox-data-action' -H 'Content-Type: application/json' \\
                     -d '{"ani":"415-555-0123"}' %1$s/v1/callers/lookup
              ServiceNow stops answering (curl -X DELETE heals it):
                curl -X PUT -H 'Content-Type: application/json' \\
                     -d '{"hangRate":1}' %1$s/sandbox/faults/servicenow
              What the vendors saw:
                curl %1$s/sandbox/traffic
            """;

    void onStart(@Observes StartupEvent started, Config config) {
        if (Settings.ofProcess().role() == SandboxRole.ALL) {
            System.out.println(TEXT.formatted(SandboxRoutes.self(config)));
        }
    }
}
