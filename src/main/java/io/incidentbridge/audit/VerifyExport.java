package io.incidentbridge.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Verifies an exported trail far from the bridge and its Redis: {@code --key-file <file>}, one key a line, and the JSON
 * lines on standard input. Ends with 0 when every seal fits, with 1 when one does not, with 2 when it cannot tell.
 */
public final class VerifyExport {

    private VerifyExport() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !args[0].equals("--key-file")) {
            System.err.println("usage: VerifyExport --key-file <file> < audit.jsonl");
            System.exit(2);
        }
        List<String> keys = Files.readAllLines(Path.of(args[1])).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        System.exit(run(keys, System.in, System.out));
    }

    static int run(List<String> keys, InputStream export, PrintStream out) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ChainCheck check = ChainCheck.part(new AuditKeys(keys));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(export, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                check.next(mapper.readValue(line, AuditEntry.class).sealed());
            }
        }
        ChainReport report = check.report();
        report.findings()
                .forEach(finding ->
                        out.printf("%s %d-%d %s%n", finding.kind(), finding.from(), finding.to(), finding.detail()));
        out.printf(
                "%s entries=%d from=%d to=%d endMac=%s%n",
                report.intact() ? "INTACT" : "BROKEN", report.entries(), report.from(), report.to(), report.endMac());
        return report.intact() ? 0 : 1;
    }
}
