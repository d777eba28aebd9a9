import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of several rounds: a row for each system, in Markdown as medians with their ranges, and as ratios of a round. */
final class Table {

    private final String name;
    private final List<String> columns;
    private final Map<String, List<double[]>> rows = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private int repeated;

    /** @param name begins the name of the file with the raw figures */
    Table(String name, String... columns) {
        this.name = name;
        this.columns = List.of(columns);
        Results.keep(name + ".csv", "system,round,\"" + String.join("\",\"", columns) + "\"\n");
    }

    /** What one round showed of one system; NaN where a figure does not exist. */
    void add(String system, double... figures) {
        List<double[]> rounds = rows.computeIfAbsent(system, absent -> new ArrayList<>());
        rounds.add(figures);
        StringBuilder raw = new StringBuilder("\"" + system + "\"," + rounds.size());
        for (double figure : figures) {
            raw.append(',').append(figure);
        }
        Results.keep(name + ".csv", raw.append('\n'));
    }

    void skip(String system, String why) {
        rows.putIfAbsent(system, new ArrayList<>());
        skipped.put(system, why);
    }

    /** A round that gave unexpected answers and is made again; among the raw figures it is an empty round. */
    void repeat(String system, String why) {
        repeated++;
        keepRefused(system, why);
    }

    /** What it has shown so far is none of its figures. */
    void refuse(String system, String why) {
        rows.put(system, new ArrayList<>());
        skipped.put(system, why);
        keepRefused(system, why);
    }

    private void keepRefused(String system, String why) {
        Results.keep(name + ".csv", "\"" + system + "\",,\"" + why.replace('"', '\'') + "\"\n");
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| |");
        columns.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append("\n|").append(" --- |".repeat(columns.size() + 1)).append('\n');
        rows.forEach((system, rounds) -> {
            table.append("| ").append(system).append(" |");
            for (int column = 0; column < columns.size(); column++) {
                String why = column == 0 ? skipped.getOrDefault(system, "-") : "";
                table.append(' ')
                        .append(rounds.isEmpty() ? why : spread(rounds, column))
                        .append(" |");
            }
            table.append('\n');
        });
        if (repeated > 0) {
            table.append("\nRounds with unexpected answers, made again: ")
                    .append(repeated)
                    .append('\n');
        }
        return table.append('\n').toString();
    }

    /** Every system over one of them, round by round; nothing when there is nothing to compare. */
    String ratios(String reference, int... compared) {
        List<double[]> own = rows.getOrDefault(reference, List.of());
        if (own.isEmpty()
                || rows.values().stream().filter(rounds -> !rounds.isEmpty()).count() < 2) {
            return "";
        }
        StringBuilder table = new StringBuilder("Over " + reference + ", round by round:\n\n| |");
        for (int column : compared) {
            table.append(' ').append(columns.get(column)).append(" |");
        }
        table.append("\n|").append(" --- |".repeat(compared.length + 1)).append('\n');
        rows.forEach((system, rounds) -> {
            if (!system.equals(reference) && !rounds.isEmpty()) {
                table.append("| ").append(system).append(" |");
                for (int column : compared) {
                    table.append(' ').append(spread(over(rounds, own), column)).append(" |");
                }
                table.append('\n');
            }
        });
        return table.append('\n').toString();
    }

    private List<double[]> over(List<double[]> rounds, List<double[]> own) {
        List<double[]> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(rounds.size(), own.size()); round++) {
            double[] ratio = new double[columns.size()];
            for (int column = 0; column < ratio.length; column++) {
                ratio[column] = rounds.get(round)[column] / own.get(round)[column];
            }
            ratios.add(ratio);
        }
        return ratios;
    }

    /** Of the rounds that have the figure; how many have not is told. */
    private static String spread(List<double[]> rounds, int column) {
        double[] sorted = rounds.stream()
                .mapToDouble(figures -> figures[column])
                .filter(figure -> !Double.isNaN(figure))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return "-";
        }
        String median = text((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
        String range = sorted[0] == sorted[sorted.length - 1]
                ? ""
                : " (" + text(sorted[0]) + " to " + text(sorted[sorted.length - 1]) + ")";
        int without = rounds.size() - sorted.length;
        return median + range + (without == 0 ? "" : ", none in " + without + " of " + rounds.size());
    }

    private static String text(double figure) {
        String format = figure == Math.rint(figure) || Math.abs(figure) >= 1_000
                ? "%,.0f"
                : Math.abs(figure) >= 100 ? "%.0f" : "%.2f";
        return String.format(Locale.ROOT, format, figure);
    }
}
