package io.incidentbridge.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Says in the API's description that every field of an answer is always there: Architect and generated clients need no
 * default for a field that cannot be missing.
 */
@OpenApiFilter(stages = RunStage.BUILD)
public class AnswerSchemas implements OASFilter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        if (api.getPaths() == null || components == null || components.getSchemas() == null) {
            return;
        }
        Map<String, Schema> schemas = components.getSchemas();
        Set<String> answers = new TreeSet<>();
        api.getPaths().getPathItems().values().stream()
                .flatMap(AnswerSchemas::answers)
                .forEach(schema -> complete(schema, schemas, answers));
    }

    private static Stream<Schema> answers(PathItem path) {
        return path.getOperations().values().stream()
                .map(Operation::getResponses)
                .filter(responses -> responses != null)
                .flatMap(responses -> responses.getAPIResponses().values().stream())
                .map(APIResponse::getContent)
                .filter(content -> content != null)
                .flatMap(content -> content.getMediaTypes().values().stream())
                .map(MediaType::getSchema)
                .filter(schema -> schema != null);
    }

    /** @param seen the schemas done already, by name: they may contain one another */
    private static void complete(Schema schema, Map<String, Schema> schemas, Set<String> seen) {
        String reference = schema.getRef();
        if (reference != null) {
            String name = reference.substring(REFERENCE.length());
            if (schemas.containsKey(name) && seen.add(name)) {
                complete(schemas.get(name), schemas, seen);
            }
            return;
        }
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            schema.setRequired(new ArrayList<>(properties.keySet()));
            List.copyOf(properties.values()).forEach(property -> complete(property, schemas, seen));
        }
        if (schema.getItems() != null) {
            complete(schema.getItems(), schemas, seen);
        }
    }
}
