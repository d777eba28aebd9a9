package io.incidentbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyGroupsTest {

    private static final String FLOWS =
            "[{\"emergencyFlow\":{\"id\":\"f1\"},\"ivrs\":[{\"id\":\"i1\"},{\"id\":\"i2\"}],\"new\":7}]";

    @Test
    void shouldKeepEverythingElseWhenSwitching() throws Exception {
        JsonNode read = group(3, FLOWS);

        JsonNode switched = EmergencyGroups.switched(read, true);

        assertThat(EmergencyGroups.isEnabled(switched)).isTrue();
        assertThat(EmergencyGroups.isEnabled(read)).isFalse();
        assertThat(((ObjectNode) switched.deepCopy()).put("enabled", false)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "[{\"emergencyFlow\":{\"id\":\"f1\"},\"ivrs\":[]}]"})
    void shouldRefuseToSwitchAGroupThatDoesNothing(String flows) throws Exception {
        JsonNode read = group(3, flows);

        assertThatThrownBy(() -> EmergencyGroups.switched(read, true))
                .isInstanceOfSatisfying(ConnectorException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(FailureReason.REJECTED));
    }

    @Test
    void shouldRefuseAnOlderDocument() throws Exception {
        JsonNode current = group(4, FLOWS);
        JsonNode given = group(3, FLOWS);

        assertThatThrownBy(() -> EmergencyGroups.check(current, given))
                .isInstanceOfSatisfying(ConnectorException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(FailureReason.CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"emergencyFlow\":{\"id\":\"f1\"},\"ivrs\":[{\"id\":\"i1\"}]}]",
                "[{\"emergencyFlow\":{\"id\":\"f2\"},\"ivrs\":[{\"id\":\"i1\"},{\"id\":\"i2\"}]}]"
            })
    void shouldRefuseToTakeCallFlowsAway(String fewer) throws Exception {
        JsonNode current = group(3, FLOWS);
        JsonNode given = group(3, fewer);

        assertThatThrownBy(() -> EmergencyGroups.check(current, given))
                .isInstanceOfSatisfying(ConnectorException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(FailureReason.REJECTED));
    }

    @Test
    void shouldLetAFittingDocumentPass() throws Exception {
        JsonNode current = group(3, FLOWS);

        assertThatCode(() -> EmergencyGroups.check(current, EmergencyGroups.switched(current, true)))
                .doesNotThrowAnyException();
    }

    private static JsonNode group(int version, String flows) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree("{\"id\":\"g\",\"name\":\"G\",\"version\":" + version
                        + ",\"enabled\":false,\"unknown\":{\"a\":[1]},\"emergencyCallFlows\":" + flows + "}");
    }
}
