package io.incidentbridge.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** A value of the right type that breaks a rule of its own; Jackson adds the path on the way out. */
final class BrokenRuleException extends JsonMappingException {

    private final String rule;

    /** @param message the rule in words, without the value */
    BrokenRuleException(JsonParser parser, String rule, String message) {
        super(parser, message);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
