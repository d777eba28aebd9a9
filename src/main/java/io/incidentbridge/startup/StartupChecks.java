package io.incidentbridge.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Runs every check before anything else starts, and reports all findings at once instead of one per attempt. */
@Singleton
class StartupChecks {

    private static final Logger LOG = Logger.getLogger(StartupChecks.class);

    /** Everything else, a profile of the operator's own making included, is taken for production. */
    private static final Set<String> PLAYGROUNDS = Set.of("dev", "test", "sandbox");

    private final List<StartupCheck> checks;

    StartupChecks(@All List<StartupCheck> checks) {
        this.checks = checks;
    }

    void run(@Observes @Priority(0) StartupEvent started) {
        run(ConfigUtils.getProfiles().stream().noneMatch(PLAYGROUNDS::contains));
    }

    /** @param strict whether unsafe findings prevent the start */
    void run(boolean strict) {
        List<Finding> findings = checks.stream().flatMap(StartupCheck::check).toList();
        if (!strict) {
            warnOnce(findings);
            return;
        }
        findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.QUESTIONABLE)
                .forEach(LOG::warn);
        List<Finding> unsafe = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.UNSAFE)
                .toList();
        if (!unsafe.isEmpty()) {
            // Of all exceptions this one makes Quarkus print the message alone, not a page of stack trace.
            throw new ConfigurationException(message(unsafe));
        }
    }

    /** In one line: a sandbox is full of findings by design. */
    private static void warnOnce(List<Finding> findings) {
        if (!findings.isEmpty()) {
            LOG.warnf(
                    "Not a configuration for production: %s",
                    findings.stream().map(Finding::key).distinct().collect(Collectors.joining(", ")));
        }
    }

    private static String message(List<Finding> findings) {
        return findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining(
                        "\n  - ", "Incident Bridge does not start with an unsafe configuration:\n  - ", "\n"));
    }
}
