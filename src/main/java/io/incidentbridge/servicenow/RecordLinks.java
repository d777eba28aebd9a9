package io.incidentbridge.servicenow;

import jakarta.enterprise.context.ApplicationScoped;

/** Links to records for people; the instance's user interface decides their form, so it is configuration. */
@ApplicationScoped
class RecordLinks {

    private final String template;

    RecordLinks(ServiceNowConfig config) {
        String base = config.webUrl().orElse(config.url()).toString();
        this.template = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + config.linkTemplate();
    }

    String to(String table, String sysId) {
        return template.replace("{table}", table).replace("{sysId}", sysId);
    }
}
