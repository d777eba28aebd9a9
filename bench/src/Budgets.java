import io.incidentbridge.testing.History;
import java.util.List;

/** W4 for all systems: how far each goes beyond ServiceNow's limit, and how much of it it uses. */
final class Budgets {

    private final Lab.Settings settings;
    private final Tenfold.Plan plan;
    private final List<Integer> processes;
    private final History history = new History();
    private final Table table = new Table(
            "w4-" + System.currentTimeMillis() / 1000,
            "most in any 60 s",
            "**beyond the limit**",
            "refused by ServiceNow",
            "**used, %**",
            "answered, %",
            "p99, ms",
            "wrong answers");

    Budgets(Lab.Settings settings, Tenfold.Plan plan, List<Integer> processes) {
        this.settings = settings;
        this.plan = plan;
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
                + " s, " + 10 * Tenfold.LIMIT + " a minute are offered for " + plan
                + ". What ServiceNow saw is counted there in a sliding window, requests that it refuses included."
                + " Used: what it did not refuse, of the limit of all minutes.\n\n" + table.markdown()
                + "Of the bridge: " + history.verdict() + "\n\n";
    }

    private void measure(Client client, Subject subject, int count) {
        String name = subject.name() + ", " + count + (count == 1 ? " process" : " processes");
        Lab.say(name);
        try {
            Tenfold.Outcome outcome = new Tenfold(client, subject, count, plan).measure(10 * Tenfold.LIMIT, 0);
            if (subject.kind() != Subject.Kind.PEER) {
                history.counted(name + ": ServiceNow", outcome.most(), Tenfold.LIMIT, outcome.refused());
            }
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
