package io.incidentbridge.console;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The panels of one page as they were when it was asked for. */
@TemplateData
public record PanelSet(Map<String, String> html) {

    /** @param name with its subject, as the page has asked for it */
    public RawString of(String name) {
        return new RawString(html.getOrDefault(name, ""));
    }

    /** Where the page hears of their changes. */
    public String address() {
        return html.keySet().stream()
                .sorted()
                .map(name -> "panel=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", LiveResource.PATH + "?", ""));
    }
}
