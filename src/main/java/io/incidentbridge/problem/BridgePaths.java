package io.incidentbridge.problem;

import io.vertx.ext.web.RoutingContext;

/** Tells the bridge's own addresses from the simulated vendors', which have their own credentials and error formats. */
public final class BridgePaths {

    private static final String SIMULATED = "/sandbox";

    private BridgePaths() {}

    public static boolean isSimulatedVendor(RoutingContext context) {
        String path = context.request().path();
        // The raw path, because normalising a malformed one throws; so "/sandbox/../v1" counts as the bridge's own.
        return path != null
                && (path.equals(SIMULATED) || path.startsWith(SIMULATED + "/"))
                && !path.contains("..")
                && !path.contains("%");
    }
}
