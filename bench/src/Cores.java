import java.util.ArrayList;
import java.util.List;

/**
 * Which processors the measured system has for itself. bench/start keeps everything else (load, vendors, Redis) on the
 * others, where there are enough of them and a taskset; it tells so by the variable.
 */
final class Cores {

    private static final String OF_THE_SYSTEM = System.getenv("BENCH_SYSTEM_CORES");

    private Cores() {}

    static List<String> ofTheSystem(List<String> command) {
        List<String> pinned = new ArrayList<>();
        if (OF_THE_SYSTEM != null) {
            pinned.addAll(List.of("taskset", "-c", OF_THE_SYSTEM));
        }
        pinned.addAll(command);
        return pinned;
    }

    static String told() {
        return OF_THE_SYSTEM == null
                ? "nothing pinned: systems, vendors, Redis and load share the cores"
                : "the measured system pinned to cores " + OF_THE_SYSTEM + ", all else to the others";
    }
}
