package io.incidentbridge.report;

import java.util.StringJoiner;

/** The report as RFC 4180 lines of part, item and value, so that a spreadsheet needs no columns that come and go. */
public final class ReportCsv {

    private final StringJoiner lines = new StringJoiner("\r\n", "part,item,value\r\n", "\r\n");

    private ReportCsv() {}

    /** With a header, lines ended by CRLF. */
    public static String of(ServiceDeskReport report) {
        ReportCsv csv = new ReportCsv();
        csv.line("period", "from", report.from());
        csv.line("period", "to", report.to());
        report.unavailable().forEach(part -> csv.line("unavailable", part.part(), part.reason()));
        csv.lookups(report.lookups());
        csv.incidents(report.incidents());
        csv.wrapUps(report.wrapUps());
        csv.integrity(report.integrity());
        report.budget().forEach(csv::budget);
        return csv.lines.toString();
    }

    private void lookups(ServiceDeskReport.Lookups lookups) {
        line("lookups", "all", lookups.all());
        line("lookups", "found", lookups.found());
        line("lookups", "notFound", lookups.notFound());
        line("lookups", "ambiguous", lookups.ambiguous());
        line("lookups", "unavailable", lookups.unavailable());
        line("lookups", "identificationRate", lookups.identificationRate());
    }

    private void incidents(ServiceDeskReport.Incidents incidents) {
        line("incidents", "phone", incidents.phone());
        line("incidents", "automatic", incidents.automatic());
        line("incidents", "manual", incidents.manual());
        line("incidents", "automaticRate", incidents.automaticRate());
    }

    private void wrapUps(ServiceDeskReport.WrapUps wrapUps) {
        line("wrapUps", "calls", wrapUps.calls());
        line("wrapUps", "tickets", wrapUps.tickets());
        line("wrapUps", "noted", wrapUps.noted());
        line("wrapUps", "measured", wrapUps.measured());
        line("wrapUps", "averageSeconds", wrapUps.averageSeconds());
        line("wrapUps", "baselineSeconds", wrapUps.baselineSeconds());
        line("wrapUps", "savedSeconds", wrapUps.savedSeconds());
    }

    private void integrity(ServiceDeskReport.Integrity integrity) {
        line("integrity", "withoutConversation", integrity.withoutConversation());
        integrity.listed().forEach(incident -> line("integrity", incident.number(), incident.url()));
        line("integrity", "more", integrity.more());
    }

    private void budget(ServiceDeskReport.BudgetUse use) {
        String name = use.upstream() + " " + use.lane() + " ";
        line("budget", name + "admitted", use.admitted());
        line("budget", name + "waited", use.waited());
        line("budget", name + "refused", use.refused());
    }

    private void line(String part, String item, Object value) {
        lines.add(cell(part) + "," + cell(item) + "," + (value instanceof Number ? value : cell(value.toString())));
    }

    /** What a spreadsheet would take for a formula gets an apostrophe, which it shows as text. */
    private static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return text.matches("[A-Za-z0-9_.:/ -]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
