package io.incidentbridge.itsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.junit.jupiter.api.Test;

class ClientBreakersTest {

    @Test
    void shouldKnowEveryBreakerByAName() {
        List<JavaMethod> guarded = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.incidentbridge").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(CircuitBreaker.class))
                        .toList();

        assertThat(guarded).allMatch(method -> method.isAnnotatedWith(CircuitBreakerName.class));
        assertThat(guarded.stream().map(method -> method.getAnnotationOfType(CircuitBreakerName.class)
                        .value()))
                .containsExactlyInAnyOrderElementsOf(ClientBreakers.NAMES);
    }
}
