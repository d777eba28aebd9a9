package io.incidentbridge.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.eclipse.microprofile.config.Config;

/** Puts the sandbox into the bridge's own HTTP server, role {@code all}. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "sandbox"})
class SandboxRoutes {

    /** Before authentication, authorization and compression: {@code Authorization} belongs to the vendors there. */
    private static final int BEFORE_SECURITY = -1_000_000;

    void mount(@Observes Router router, Vertx vertx, Config config) {
        router.get("/").order(BEFORE_SECURITY).handler(ctx -> ctx.redirect("/console"));
        if (Settings.ofProcess().role() != SandboxRole.ALL) {
            return;
        }
        Clock clock = Clock.systemUTC();
        CallGenerator.Targets targets = new CallGenerator.Targets(() -> self(config), () -> self(config));
        Sandbox sandbox =
                new Sandbox(vertx, SimulatedVendors.all(clock), clock, new Random(VendorServer.SEED), targets);
        Optional.ofNullable(System.getProperty(SandboxLauncher.OWN_REDIS))
                .map(address -> new RememberedCallers(vertx, address))
                .ifPresent(remembered -> sandbox.afterReset(remembered::forget));
        router.route("/sandbox/*").order(BEFORE_SECURITY).handler(ctx -> sandbox.router()
                .handle(ctx.request()));
    }

    static URI self(Config config) {
        return URI.create("http://localhost:" + config.getValue(Settings.HTTP_PORT, String.class));
    }
}
