package io.incidentbridge.audit;

import io.incidentbridge.json.OffsetTime;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which entries an operator asks for; absent parameters match all. */
public final class AuditFilter {

    private static final Pattern ID = Pattern.compile("\\d{1,19}-\\d{1,19}");

    @QueryParam("from")
    @Parameter(description = "Sealed at or after this time, ISO-8601 with an offset")
    String from;

    @QueryParam("to")
    @Parameter(description = "Sealed before this time, ISO-8601 with an offset")
    String to;

    @QueryParam("actor")
    String actor;

    @QueryParam("action")
    @Parameter(description = "Whole, or its beginning with a * behind it, for example emergency.*")
    String action;

    @QueryParam("record")
    @Parameter(description = "Whole, or its beginning with a * behind it, for example sys_user/*")
    String record;

    @QueryParam("conversationId")
    String conversationId;

    /** @param record whole, or its beginning with a * behind it */
    public static AuditFilter ofRecord(String record) {
        AuditFilter filter = new AuditFilter();
        filter.record = record;
        return filter;
    }

    boolean matches(SealedEntry entry) {
        return matches(actor, entry.field("actor"))
                && matches(action, entry.field("action"))
                && matches(record, entry.field("record"))
                && matches(conversationId, entry.field("conversation"));
    }

    private static boolean matches(String wanted, String value) {
        if (wanted == null || wanted.isEmpty()) {
            return true;
        }
        return wanted.endsWith("*")
                ? value.startsWith(wanted.substring(0, wanted.length() - 1))
                : Objects.equals(wanted, value);
    }

    /** Lower bound of stream ids, as XRANGE spells it. */
    String lower() {
        return from == null || from.isEmpty() ? "-" : millis("from", from) + "-0";
    }

    /** @param cursor of the page before, null for the first one */
    String upper(String cursor) {
        if (cursor != null && !cursor.isEmpty()) {
            if (!ID.matcher(cursor).matches()) {
                throw invalid("cursor", "must be the next of an earlier page");
            }
            return "(" + cursor;
        }
        return to == null || to.isEmpty() ? "+" : "(" + millis("to", to) + "-0";
    }

    private static long millis(String field, String text) {
        try {
            return OffsetTime.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw invalid(field, e.getMessage());
        }
    }

    private static ProblemException invalid(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION, field + " " + rule, List.of(new FieldError(null, field, "value", rule)));
    }
}
