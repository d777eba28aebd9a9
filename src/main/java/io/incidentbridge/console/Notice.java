package io.incidentbridge.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What a page says about a change that was asked for; read out by screen readers. */
final class Notice {

    private Notice() {}

    @CheckedTemplate(basePath = "console")
    static class Templates {

        /** @param kind {@code done} or {@code problem} */
        static native TemplateInstance notice(String kind, String title, String detail);

        static native TemplateInstance error(String title, String detail);
    }

    /** It is done. */
    static TemplateInstance done(String what) {
        return Templates.notice("done", what, "");
    }
}
