package io.incidentbridge.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Bean Validation's findings in the caller's terms: pointers into the body instead of Java paths. */
final class Violations {

    private Violations() {}

    /** Not when the bridge's own answer breaks a rule. */
    static boolean blameCaller(ConstraintViolationException exception) {
        return exception.getConstraintViolations().stream()
                .flatMap(violation ->
                        StreamSupport.stream(violation.getPropertyPath().spliterator(), false))
                .noneMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
    }

    /** In a stable order, so that a caller sees the same answer to the same request. */
    static List<FieldError> errors(ConstraintViolationException exception) {
        return exception.getConstraintViolations().stream()
                .map(Violations::error)
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::rule))
                .toList();
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        FieldPath path = new FieldPath();
        String parameter = "";
        boolean inBody = false;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
            } else if (node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                inBody = true;
                append(path, node);
            } else if (node.getKind() == ElementKind.BEAN) {
                inBody = true;
            }
        }
        return inBody
                ? path.error(rule(violation), violation.getMessage())
                : new FieldError(null, parameter, rule(violation), violation.getMessage());
    }

    private static void append(FieldPath path, Path.Node node) {
        if (node.isInIterable() && node.getIndex() != null) {
            path.index(node.getIndex());
        } else if (node.isInIterable() && node.getKey() != null) {
            path.name(node.getKey().toString());
        }
        if (node.getKind() == ElementKind.PROPERTY) {
            path.name(node.getName());
        }
    }

    /** {@code @NotBlank} is {@code not-blank}. */
    private static String rule(ConstraintViolation<?> violation) {
        return violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
