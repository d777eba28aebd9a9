import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The bridge and its peers, one workload after the other: W1 what a gateway adds to its trips, W2 many at once, W3 saturation,
 * W4 ten times the budget, W5 faults of Redis, W9 cold start and memory. Systems take turns within a workload.
 */
public final class Run {

    private static final String USAGE =
            """
            bench/run [w1 w2 w3 w4 w5 w9]      all of them unless some are named
              --systems=bridge,node,...        those whose names begin so; all without it
              --native=target/...-runner       the bridge's executable as well
              --jvm="-Xmx512m"                 the flags of the bridge's JVM
              --rounds=5 --seconds=20          of each system; W4 has its own
              --rate=40                        lookups a second (W1, W5, W9)
              --warm-up=20000                  requests of each system before it is measured
              --seed=1                         of ServiceNow's latencies
              --windows=3 --processes=1,2,4    W4: minutes of each, numbers of processes
              --quick                          a smoke run: one short round, hardly any warm-up
            -Dkey=value goes to the bridge""";

    private static final List<String> ALL = List.of("w1", "w2", "w3", "w4", "w5", "w9");

    private final Options options;
    private final Lab.Settings settings;

    private Run(Options options) {
        this.options = options;
        boolean quick = options.has("quick");
        List<Subject> subjects = Subject.of(options);
        Subject.prepare(subjects);
        this.settings = new Lab.Settings(
                subjects,
                quick,
                options.number("rounds", quick ? 1 : 5),
                options.number("seconds", quick ? 2 : 20),
                options.number("rate", 40),
                options.number("warm-up", quick ? 500 : 20_000),
                options.number("seed", 1));
    }

    public static void main(String[] args) {
        Options options = Options.of(args, USAGE);
        List<String> wanted = options.words().isEmpty() ? ALL : options.words();
        if (!ALL.containsAll(wanted)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Run run = new Run(options);
        String name = "run-" + Instant.now().getEpochSecond() + ".md";
        Results.keep(name, "# The bridge and its peers, " + Instant.now() + "\n\n" + Results.machine() + "\n\n");
        for (String workload : wanted) {
            String section = run.section(workload);
            // Hours may pass until the end of the last one.
            System.out.println(section);
            Results.keep(name, section);
        }
        System.exit(0);
    }

    private String section(String workload) {
        return switch (workload) {
            case "w1" -> in(lab -> new Overhead(lab).run());
            case "w2" -> in(lab -> new Parallel(lab).run());
            case "w3" -> in(lab -> new Saturation(lab).run());
            case "w4" -> new Budgets(settings, options.number("windows", settings.quick() ? 1 : 3), processes()).run();
            case "w5" -> in(lab -> new RedisFaults(lab, options).run());
            default -> in(lab -> new ColdStart(lab).run());
        };
    }

    private List<Integer> processes() {
        return Arrays.stream(options.text("processes", settings.quick() ? "1" : "1,2,4")
                        .split(","))
                .map(Integer::valueOf)
                .toList();
    }

    private String in(Function<Lab, String> workload) {
        try (Lab lab = new Lab(settings)) {
            return workload.apply(lab);
        }
    }
}
