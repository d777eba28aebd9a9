package io.incidentbridge.sandbox;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;

/**
 * Starts the sandbox in its {@link SandboxRole}, so that it runs with nothing installed and no property set.
 *
 * <p>Live reload calls {@link #main} again in the same process: the address of a Redis once started stays in a system
 * property, where the next call finds it given.
 */
@QuarkusMain
public class SandboxLauncher {

    /** System property: the address of the Redis that the sandbox has started for itself. */
    static final String OWN_REDIS = "bridge.sandbox.own-redis";

    public static void main(String[] args) throws InterruptedException {
        Settings settings = Settings.ofProcess();
        if (settings.role() == SandboxRole.VENDORS) {
            serveVendors(settings);
            return;
        }
        if (settings.get(Settings.REDIS_HOSTS).isEmpty()) {
            String address = EmbeddedRedis.start().url();
            System.setProperty(Settings.REDIS_HOSTS, address);
            System.setProperty(OWN_REDIS, address);
        }
        Quarkus.run(args);
    }

    private static void serveVendors(Settings settings) throws InterruptedException {
        URI bridge = URI.create(settings.get(Settings.BRIDGE_URL).orElse("http://localhost:8080"));
        String host = settings.get(Settings.HTTP_HOST).orElse("0.0.0.0");
        VendorServer server = VendorServer.start(host, settings.httpPort(), bridge);
        System.out.println("Simulated vendors listening on " + server.baseUrl() + "/sandbox");
        // Quarkus' launcher closes the class loader when main returns.
        Thread.currentThread().join();
    }
}
