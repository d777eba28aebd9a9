package io.incidentbridge.sandbox.servicenow;

import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.ABEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPagesTest {

    private final SimulatedInstance instance = new SimulatedInstance();

    @AfterEach
    void close() {
        instance.close();
    }

    private HttpResponse<String> open(String path) {
        return instance.send(instance.bare(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nav_to.do?uri=incident.do%%3Fsys_id%%3D%s",
                "/nav_to.do?uri=/incident.do%%3Fsys_id%%3D%s",
                "/incident.do?sys_id=%s",
                "/task.do?sys_id=%s",
                "/now/nav/ui/classic/params/target/incident.do%%3Fsys_id%%3D%s",
            })
    void shouldOpenARecordByEveryFormOfLink(String link) {
        JsonObject incident = instance.create(new JsonObject()
                .put("short_description", "<b>\"A & B\"</b>")
                .put("caller_id", ABEL)
                .put("work_notes", "noted"));

        HttpResponse<String> page = open(link.formatted(incident.getString("sys_id")));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains(incident.getString("number"), "&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;", "noted")
                .contains("href=\"/sandbox/servicenow/sys_user.do?sys_id=" + ABEL + "\">Abel Tuter</a>")
                .contains("href=\"/sandbox/servicenow/styles/record.css\"")
                .doesNotContain("<b>", "<script", "style=");
    }

    @Test
    void shouldOpenAnIncidentByNumber() {
        String number = instance.create(new JsonObject()).getString("number");

        assertThat(open("/incident.do?sysparm_query=number=" + number).body()).contains("<h1>" + number);
    }

    @Test
    void shouldListAUsersOpenIncidents() {
        String page = open("/sys_user.do?sys_id=" + ABEL).body();

        assertThat(page).contains("<h1>Abel Tuter</h1>", "(415) 555-0123");
        assertThat(page.split("/incident\\.do")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/incident.do", "/incident.do?sys_id=x", "/nothing.do?sys_id=x", "/nav_to.do", "/nav_to.do?uri=x"
            })
    void shouldSayWhenThereIsNoSuchRecord(String link) {
        assertThat(open(link).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/now", "/styles/record.css"})
    void shouldServeHomePageAndStyles(String path) {
        assertThat(open(path).statusCode()).isEqualTo(200);
    }
}
