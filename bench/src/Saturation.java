import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** W3: as much as goes, by wrk, with the limiter on and its limit out of reach; by the second and by the gateway's CPU second. */
final class Saturation {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)s");
    private static final Pattern WRONG = Pattern.compile("wrong answers: (\\d+) ?(.*)");
    private static final Pattern BROKEN = Pattern.compile("Socket errors: .*");

    private final Lab lab;
    private final int length;
    private final Table table = new Table(
            "w3-" + System.currentTimeMillis() / 1000,
            "answers/s",
            "**answers per CPU second**",
            "cores in use",
            "trips per answer");

    Saturation(Lab lab) {
        this.lab = lab;
        this.length = lab.settings.quick() ? 2 : 10;
    }

    String run() {
        String title = "## W3: saturation\n\n";
        if (!hasWrk()) {
            return title + "SKIPPED: wrk is not installed.\n\n";
        }
        List<Lab.Running> systems = lab.start(kind -> true, table);
        try {
            systems.forEach(lab::warmUp);
            lab.alternate(systems, table, system -> () -> round(system));
        } finally {
            systems.forEach(Lab.Running::close);
        }
        return title + "wrk, 64 connections, " + length + " s, " + lab.people.count()
                + " callers in turn, ServiceNow without"
                + " latency, limiters on. The CPU time is that of the gateway's processes alone. An uncached lookup of the"
                + " bridge is two trips to ServiceNow, a cached one none, a peer's request one. "
                + lab.settings.rounds()
                + " alternating rounds; median (lowest to highest).\n\n" + table.markdown()
                + table.ratios(Subject.BRIDGE, 0, 1);
    }

    private double[] round(Lab.Running system) throws Unexpected {
        Usage usage = new Usage(system.gateway().pid());
        int tripsBefore = trips();
        Duration before = usage.cpu();
        long start = System.nanoTime();
        String output = wrk(system.gateway());
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = usage.cpu().minus(before).toNanos() / 1e9;
        Matcher requests = REQUESTS.matcher(output);
        Matcher wrong = WRONG.matcher(output);
        if (!requests.find() || !wrong.find()) {
            throw new Unexpected(
                    "REFUSED: wrk told " + output.replaceAll("\\s+", " ").replace("|", "/"));
        }
        if (!wrong.group(1).equals("0")) {
            throw new Unexpected("REFUSED: " + wrong.group(1) + " of " + requests.group(1)
                    + " answers were unexpected, the first: " + wrong.group(2).replace("|", "/"));
        }
        Matcher broken = BROKEN.matcher(output);
        if (broken.find()) {
            throw new Unexpected("REFUSED: " + broken.group());
        }
        double answers = Double.parseDouble(requests.group(1));
        return new double[] {
            answers / Double.parseDouble(requests.group(2)),
            answers / cpu,
            cpu / seconds,
            (trips() - tripsBefore) / answers
        };
    }

    private int trips() {
        return lab.people.all().stream().mapToInt(lab.trips::count).sum();
    }

    private String wrk(Gateway gateway) {
        List<String> lines = new ArrayList<>();
        for (People.Person person : lab.people.all()) {
            Gateway.Question question = gateway.about(person);
            String path = question.url().replaceFirst("http://[^/]+", "");
            lines.add(question.method() + "\t" + path + "\t" + (question.body() == null ? "" : question.body()));
        }
        String url = gateway.about(lab.people.at(0)).url();
        try {
            Path requests = Files.write(Results.file("wrk-requests.tsv"), lines);
            ProcessBuilder builder =
                    new ProcessBuilder("wrk", "-t1", "-c64", "-d" + length + "s", "-s", "bench/requests.lua", url);
            builder.environment()
                    .putAll(Map.of(
                            "BENCH_KEY",
                            Bridge.KEY,
                            "BENCH_REQUESTS",
                            requests.toString(),
                            "BENCH_SIGNS",
                            String.join("\n", gateway.signs())));
            Process wrk = builder.redirectErrorStream(true).start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasWrk() {
        try {
            // It has no option that ends well.
            new ProcessBuilder("wrk", "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
