package io.incidentbridge.problem;

/**
 * One field and the rule it breaks; never its value.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or null for a parameter in the address
 * @param field   the same for people, for example {@code targetQueueIds[2]}; empty for the body as a whole
 * @param rule    stable name of the rule: {@code type}, {@code unknown}, {@code not-null}, {@code pattern}, ...
 * @param detail  the rule in words
 */
public record FieldError(String pointer, String field, String rule, String detail) {}
