import java.util.List;

/** W4 for all systems: how far each goes beyond ServiceNow's limit, and how much of it it uses. */
final class Budgets {

    private final Lab.Settings settings;
    private final int windows;
    private final List<Integer> processes;
    private final Table table = new Table(
            "w4-" + System.currentTimeMillis() / 1000,
            "most in 60 s",
            "**beyond the limit**",
            "refused by ServiceNow",
            "**used, %**",
            "answered, %",
            "p99, ms",
            "wrong answers");

    Budgets(Lab.Settings settings, int windows, List<Integer> processes) {
        this.settings = settings;
        this.windows = windows;
        this.processes = processes;
    }

    String run() {
        try (Client client = new Client()) {
            for (Subject subject : settings.subjects()) {
                if (subject.kind() != Subject.Kind.CACHED) {
                    processes.forEach(count -> measure(client, subject, count));
                }
            }
        }
        return "## W4: ten times the budget\n\nServiceNow takes " + Tenfold.LIMIT + " requests in any "
                + Tenfold.PERIOD.toSeconds()
                + " s, " + 10 * Tenfold.LIMIT + " a minute are offered for " + windows
                + " minutes, after 15 s of warm-up and a"
                + " minute's rest. What ServiceNow saw is counted there in a sliding window, requests that it refuses included."
                + "\n\n" + table.markdown();
    }

    private void measure(Client client, Subject subject, int count) {
        String name = subject.name() + ", " + count + (count == 1 ? " process" : " processes");
        Lab.say(name);
        try {
            Tenfold.Outcome outcome = new Tenfold(client, subject, count, windows).measure(10 * Tenfold.LIMIT, 0);
            table.add(
                    name,
                    outcome.most(),
                    outcome.overshoot(),
                    outcome.refused(),
                    outcome.used(),
                    outcome.answered(),
                    outcome.p99Ms(),
                    outcome.wrong());
        } catch (Skipped missing) {
            table.skip(name, missing.getMessage());
        }
    }
}
