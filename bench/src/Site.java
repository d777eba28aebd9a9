import io.incidentbridge.testing.VendorSimulation;
import java.util.Map;

/**
 * Where a gateway is put.
 *
 * @param serviceNow     URL without {@code /api}
 * @param simulation     has Genesys, too
 * @param redis          URL
 * @param limitPerMinute requests to ServiceNow, of all processes together
 * @param processes      how many of the system share the limit
 */
record Site(
        Client client,
        String serviceNow,
        VendorSimulation simulation,
        People people,
        String redis,
        int limitPerMinute,
        int processes) {

    static String serviceNowOf(VendorSimulation simulation) {
        return simulation.properties(Map.of()).get("bridge.servicenow.url");
    }
}
