package io.incidentbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import jakarta.ws.rs.client.ClientResponseFilter;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/** The tiers of docs/architecture.md: each uses only the tiers below it, and flows never import each other. */
@AnalyzeClasses(packages = "io.incidentbridge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.incidentbridge.";
    private static final String[] FLOWS = packages("caller", "wrapup", "emergency", "priority", "webhook");

    @ArchTest
    static final ArchRule TIERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("views")
            .definedBy(packages("console", "report"))
            .layer("flows")
            .definedBy(FLOWS)
            .layer("outage")
            .definedBy(packages("outage"))
            .layer("shared state")
            .definedBy(packages("conversation", "outbox"))
            .layer("vendors")
            .definedBy(packages("itsm", "servicenow", "pagerduty", "jira", "genesys"))
            .layer("mechanisms")
            .definedBy(packages("idempotency", "ratelimit", "audit", "tally"))
            .layer("leaves")
            .definedBy(packages(
                    "redis", "problem", "json", "openapi", "correlation", "metrics", "security", "startup", "phone"))
            .whereLayer("views")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("flows")
            .mayOnlyBeAccessedByLayers("views")
            .whereLayer("outage")
            .mayOnlyBeAccessedByLayers("flows", "views")
            .whereLayer("shared state")
            .mayOnlyBeAccessedByLayers("outage", "flows", "views")
            .whereLayer("vendors")
            .mayOnlyBeAccessedByLayers("shared state", "outage", "flows", "views")
            .whereLayer("mechanisms")
            .mayOnlyBeAccessedByLayers("vendors", "shared state", "outage", "flows", "views");

    @ArchTest
    static final ArchRule FLOWS_STAND_ALONE = SlicesRuleDefinition.slices()
            .matching(ROOT + "(caller|wrapup|emergency|priority|webhook)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SANDBOX_IMPORTS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage(ROOT + "sandbox..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are the bridge's own",
                    type -> type.getPackageName().startsWith(ROOT)
                            && !type.getPackageName().startsWith(ROOT + "sandbox")));

    @ArchTest
    static final ArchRule NOTHING_IMPORTS_THE_SANDBOX = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "sandbox..");

    /** One place for their names, and docs/metrics.md lists them all. */
    @ArchTest
    static final ArchRule METRICS_ARE_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    /** The kind of Jakarta REST takes every answer of a vendor to a worker thread and back. */
    @ArchTest
    static final ArchRule ANSWERS_ARE_LOOKED_AT_ON_THE_EVENT_LOOP = classes()
            .that()
            .areAssignableTo(ClientResponseFilter.class)
            .should()
            .beAssignableTo(ResteasyReactiveClientResponseFilter.class);

    private static String[] packages(String... names) {
        return java.util.Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
    }
}
