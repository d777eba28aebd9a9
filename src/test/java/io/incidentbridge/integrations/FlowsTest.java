package io.incidentbridge.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Architect's flows use only what the Data Actions' contracts, the data tables and the flow itself have. */
class FlowsTest {

    private static final Path GENESYS = Path.of("integrations/genesys");
    private static final Path INBOUND = GENESYS.resolve("flows/inbound-call.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern VARIABLE = Pattern.compile("\\bFlow\\.\\w+");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern CONFIGURATION = Pattern.compile("\"(bridge[a-z.-]+)\\.\\$\\{");

    /** What the trigger of the event acw hands over: its top-level fields, without lists. */
    private static final Set<String> ACW_EVENT = Set.of(
            "eventTime",
            "conversationId",
            "participantId",
            "sessionId",
            "mediaType",
            "provider",
            "direction",
            "ani",
            "dnis",
            "addressTo",
            "addressFrom",
            "callbackUserName",
            "callbackScheduledTime",
            "subject",
            "messageType",
            "utilizationLabel",
            "userId",
            "queueId",
            "wrapupCode",
            "wrapupNotes",
            "wrapupDurationMs");

    private static final Pattern COLUMN = Pattern.compile("name *= \"(\\w+)\"");

    private final Map<String, DataAction> actions =
            DataAction.all().stream().collect(Collectors.toMap(DataAction::name, Function.identity()));

    static List<Path> flows() throws IOException {
        try (Stream<Path> files = Files.list(GENESYS.resolve("flows"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void shouldUseOnlyWhatTheActionsContractsHave(Path flow) throws IOException {
        found(tree(flow), "dataAction").stream()
                .flatMap(call -> call.properties().stream())
                .forEach(call -> {
                    DataAction action = actions.get(call.getKey());
                    assertThat(action).as("action " + call.getKey()).isNotNull();
                    Set<String> given = names(call.getValue().path("inputs"));
                    assertThat(names(action.inputs())).as("inputs of " + action).containsAll(given);
                    assertThat(given)
                            .as("required inputs of " + action)
                            .containsAll(
                                    StreamSupport.stream(action.requiredInputs().spliterator(), false)
                                            .map(JsonNode::asText)
                                            .toList());
                    assertThat(action.flatOutputs())
                            .as("outputs of " + action)
                            .containsAll(names(call.getValue().path("successOutputs")));
                });
    }

    /** Without all three ways out the call is lost when the bridge is slow. */
    @ParameterizedTest
    @MethodSource("flows")
    void shouldGoOnWhateverBecomesOfAnAction(Path flow) throws IOException {
        List<JsonNode> calls = found(tree(flow), "callData").stream()
                .filter(call -> call.has("category"))
                .toList();

        assertThat(calls).allSatisfy(call -> {
            assertThat(names(call.path("outputs"))).containsExactlyInAnyOrder("success", "failure", "timeout");
            String action = call.at("/category")
                    .elements()
                    .next()
                    .path("dataAction")
                    .fieldNames()
                    .next();
            assertThat(call.at("/timeout/lit/seconds").asInt())
                    .isEqualTo(actions.get(action).timeoutSeconds());
        });
    }

    @ParameterizedTest
    @MethodSource("flows")
    void shouldReadOnlyVariablesItHasAndJumpOnlyToTasksItHas(Path flow) throws IOException {
        JsonNode tree = tree(flow);
        Set<String> declared = found(tree, "variables").stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(variable -> variable.elements().next().path("name").asText())
                .collect(Collectors.toSet());
        Set<String> used = VARIABLE.matcher(Files.readString(flow))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toSet());
        Set<String> tasks = found(tree, "refId").stream().map(JsonNode::asText).collect(Collectors.toSet());

        assertThat(declared).isEqualTo(used);
        assertThat(Stream.concat(found(tree, "targetTaskRef").stream(), found(tree, "startUpRef").stream())
                        .map(reference -> reference.asText().replaceAll(".*\\[(.*)]", "$1")))
                .isNotEmpty()
                .isSubsetOf(tasks);
    }

    @Test
    void shouldLookForAnEmergencyFirst() throws IOException {
        assertThat(isEmergencyCheck(tree(INBOUND).at("/inboundCall/tasks/0/task/actions/0")))
                .as("at the entry, which is also where transferred calls come in")
                .isTrue();
    }

    /** What a caller does in a menu takes time enough for an emergency to begin. */
    @Test
    void shouldLookForAnEmergencyBetweenTheLastMenuAndTheQueue() throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        tree(INBOUND).at("/inboundCall/tasks").forEach(task -> task.at("/task/actions")
                .forEach(actions::add));
        int queue = last(
                actions, action -> action.at("/transferToAcd/name").asText().equals("To the service desk"));

        assertThat(queue).isPositive();
        assertThat(last(actions.subList(0, queue), FlowsTest::isEmergencyCheck))
                .isGreaterThan(last(actions.subList(0, queue), action -> action.has("collectInput")));
    }

    @Test
    void shouldLookForAnEmergencyAfterEachMenuAndLeaveForItsQueue() throws IOException {
        List<JsonNode> menus = new ArrayList<>();
        tree(INBOUND).at("/inboundCall/tasks").forEach(task -> {
            List<JsonNode> actions = new ArrayList<>();
            task.at("/task/actions").forEach(actions::add);
            int menu = last(actions, action -> action.has("collectInput"));
            if (menu >= 0) {
                menus.add(actions.get(menu));
                int check = last(actions, FlowsTest::isEmergencyCheck);
                assertThat(check).as(task.at("/task/name").asText()).isGreaterThan(menu);
                assertThat(actions.get(check + 1).at("/decision/outputs/yes").toString())
                        .contains("task[Emergency_4]");
            }
        });

        assertThat(menus).hasSize(2);
    }

    /** An emergency queue may be gone since it was configured; whoever calls then must reach people all the same. */
    @Test
    void shouldGoToTheServiceDeskWhenAnEmergencyQueueDoesNotTakeTheCall() throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        tree(INBOUND).at("/inboundCall/tasks").forEach(task -> task.at("/task/actions")
                .forEach(actions::add));
        int emergency =
                last(actions, action -> action.at("/transferToAcd/targetQueue").has("exp"));

        assertThat(emergency).isPositive();
        assertThat(actions.get(emergency + 1)
                        .at("/setParticipantData/attributes")
                        .toString())
                .contains("\"ib_amd\"},\"value\":{\"lit\":\"\"}", "\"ib_emergency\"},\"value\":{\"lit\":\"\"}");
        assertThat(actions.get(emergency + 2)
                        .at("/transferToAcd/targetQueue/lit/name")
                        .asText())
                .isEqualTo("{{queue_service_desk}}");
    }

    @Test
    void shouldLookForAnEmergencyWhileACallWaits() throws IOException {
        JsonNode actions = tree(GENESYS.resolve("flows/in-queue.yaml")).at("/inqueueCall/tasks/0/task/actions");

        assertThat(actions).anyMatch(FlowsTest::isEmergencyCheck);
        assertThat(found(actions, "dataAction")).anyMatch(call -> call.has("Get Emergency Routing"));
    }

    /** A topic's row is its own state; an outage of the whole service desk has a row of its own. */
    @Test
    void shouldTellOfAnOutageOfTheTopicElseOfTheWholeServiceDesk() throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        tree(GENESYS.resolve("flows/in-queue.yaml"))
                .at("/inqueueCall/tasks/0/task/actions")
                .forEach(actions::add);
        int topic = last(actions, action -> isOutageLookup(action, "Flow.Topic"));
        int otherwise = topic + 1;
        int announcement = last(actions, action -> !found(action, "playAudio").isEmpty());

        assertThat(topic).isPositive();
        assertThat(actions.get(topic - 1).at("/updateData/statements").toString())
                .as("nothing of an earlier turn is left")
                .contains("Flow.OutageMode", "NORMAL", "Flow.Announcement");
        assertThat(actions.get(otherwise).at("/decision/condition/exp").asText())
                .isEqualTo("Flow.OutageMode != \"CATASTROPHE\" and Flow.OutageMode != \"RECOVERING\"");
        assertThat(actions.get(otherwise).at("/decision/outputs/yes/actions"))
                .singleElement()
                .satisfies(lookup -> {
                    assertThat(isOutageLookup(lookup, "\"global\"")).isTrue();
                    assertThat(found(lookup, "foundOutputs")).isEqualTo(found(actions.get(topic), "foundOutputs"));
                });
        assertThat(announcement).isGreaterThan(otherwise);
    }

    @Test
    void shouldTakeOnlyWhatTheTriggerHandsOver() throws IOException {
        List<String> inputs = new ArrayList<>();
        tree(GENESYS.resolve("flows/wrap-up.yaml"))
                .at("/workflow/variables")
                .forEach(entry -> entry.forEach(variable -> {
                    if (variable.path("isInput").asBoolean()) {
                        inputs.add(variable.path("name").asText().replace("Flow.", ""));
                    }
                }));

        assertThat(inputs).contains("conversationId", "wrapupCode").isSubsetOf(ACW_EVENT);
    }

    /** The event has ids of wrap-up codes. */
    @Test
    void shouldPrintKeysOfTheBridgeForWrapUpCodes() throws IOException {
        String documented = Files.readString(Path.of("docs/configuration.md"));

        assertThat(CONFIGURATION
                        .matcher(Files.readString(GENESYS.resolve("terraform/wrap-up-codes.tf")))
                        .results()
                        .map(match -> match.group(1)))
                .hasSize(2)
                .allSatisfy(key -> assertThat(documented).contains("`" + key + ".<name>`"));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void shouldReadOnlyColumnsThatTerraformMakes(Path flow) throws IOException {
        Set<String> columns = COLUMN.matcher(Files.readString(GENESYS.resolve("terraform/data-tables.tf")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        found(tree(flow), "foundOutputs").forEach(outputs -> assertThat(columns).containsAll(names(outputs)));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void shouldHaveItsNamesFilledInByTerraform(Path flow) throws IOException {
        String terraform = Files.readString(GENESYS.resolve("terraform/flows.tf"));

        assertThat(SUBSTITUTION.matcher(Files.readString(flow)).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(terraform).containsPattern("\\b" + name + " *="));
    }

    private static boolean isEmergencyCheck(JsonNode action) {
        return action.at("/dataTableLookup/dataTable").has("{{emergency_table}}");
    }

    private static boolean isOutageLookup(JsonNode action, String row) {
        return action.at("/dataTableLookup/dataTable").has("{{system_health_table}}")
                && action.at("/dataTableLookup/lookupValue/exp").asText().equals(row);
    }

    private static int last(List<JsonNode> actions, Predicate<JsonNode> wanted) {
        return IntStream.range(0, actions.size())
                .filter(i -> wanted.test(actions.get(i)))
                .max()
                .orElse(-1);
    }

    private static JsonNode tree(Path flow) throws IOException {
        return YAML.readTree(Files.readString(flow));
    }

    private static List<JsonNode> found(JsonNode node, String name) {
        List<JsonNode> all = new ArrayList<>();
        node.properties().forEach(field -> {
            if (field.getKey().equals(name)) {
                all.add(field.getValue());
            }
        });
        node.forEach(child -> all.addAll(found(child, name)));
        return all;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
