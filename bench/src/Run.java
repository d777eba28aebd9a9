import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The bridge and its peers, one workload after the other: W1 what a gateway adds to its trips, W2 many at once, W3 saturation,
 * W4 ten times the budget, W5 faults of Redis, W9 cold start and memory. Systems take turns within a workload.
 */
public final class Run {

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
        Options options = Options.of(args, "Run", ALL.size());
        List<String> wanted = options.words().isEmpty() ? ALL : options.words();
        wanted.stream().filter(word -> !ALL.contains(word)).forEach(word -> {
            throw options.refuse("There is no workload " + word + ".");
        });
        Run run = new Run(options);
        String name = "run-" + Instant.now().getEpochSecond() + ".md";
        Results.keep(name, "# The bridge and its peers, " + Instant.now() + "\n\n" + Results.machine() + "\n\n");
        boolean sound = true;
        for (String workload : wanted) {
            String section;
            try {
                section = run.section(workload);
            } catch (RuntimeException broken) {
                // The others are worth their time all the same.
                broken.printStackTrace();
                sound = false;
                section = "## " + workload.toUpperCase(Locale.ROOT) + "\n\nBROKEN OFF: " + broken + "\n\n";
            }
            // Hours may pass until the end of the last one.
            System.out.println(section);
            Results.keep(name, section);
        }
        System.exit(sound ? 0 : 1);
    }

    private String section(String workload) {
        return switch (workload) {
            case "w1" -> in(lab -> new Overhead(lab).run());
            case "w2" -> in(lab -> new Parallel(lab).run());
            case "w3" -> in(lab -> new Saturation(lab).run());
            case "w4" -> new Budgets(settings, plan(), processes()).run();
            case "w5" -> in(lab -> new RedisFaults(lab, options).run());
            default -> in(lab -> new ColdStart(lab).run());
        };
    }

    private Tenfold.Plan plan() {
        return settings.quick() && !options.has("windows")
                ? Tenfold.Plan.quick()
                : Tenfold.Plan.of(options.number("windows", 3));
    }

    private List<Integer> processes() {
        return Arrays.stream(options.text("processes", settings.quick() ? "1" : "1,2,4")
                        .split(","))
                .map(count -> options.number("--processes", count))
                .toList();
    }

    private String in(Function<Lab, String> workload) {
        try (Lab lab = new Lab(settings)) {
            return workload.apply(lab);
        }
    }
}
