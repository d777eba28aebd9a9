package io.incidentbridge.sandbox.servicenow;

import java.util.List;

/** What people call the service desk about. */
final class SeedTopics {

    static final List<Topic> ALL = List.of(
            new Topic("inquiry", "E-mail cannot be sent from the desktop client", "Messages stay in the outbox."),
            new Topic("inquiry", "Password reset for the HR portal", "The reset link has expired."),
            new Topic("inquiry", "How do I share a calendar with my team?", "Walked through the sharing settings."),
            new Topic("software", "Spreadsheet crashes when opening a large file", "Happens since the last update."),
            new Topic("software", "Zeiterfassung läuft nicht – Fehler „Zugriff verweigert“", "Seit heute früh."),
            new Topic("software", "Impossible d’ouvrir la pièce jointe (créée à Noël)", "Le fichier est bloqué."),
            new Topic("software", "会議室予約システムにログインできません", "パスワード変更後から発生。"),
            new Topic("hardware", "Laptop does not charge on the docking station", "Works with another charger."),
            new Topic("hardware", "Monitor flickers after moving desks", "Cable replaced once."),
            new Topic("hardware", "Badge printer jams — third time this week", "Reception is waiting."),
            new Topic("network", "VPN disconnects every few minutes", "Home office, wired connection."),
            new Topic("network", "Wi‑Fi very slow on floor 3", "Several colleagues affected."),
            new Topic("network", "Softphone drops calls to Łódź office", "Audio stops after 30 seconds."),
            new Topic("database", "Report times out with “ORA-01555”", "Monthly closing <urgent> & recurring."),
            new Topic("database", "Cannot export orders to CSV", "Only 1,000 rows are exported."));

    /** Four that everyone can read. */
    static final List<Topic> ENGLISH = List.of(ALL.get(0), ALL.get(10), ALL.get(7), ALL.get(13));

    private SeedTopics() {}

    record Topic(String category, String shortDescription, String description) {}
}
