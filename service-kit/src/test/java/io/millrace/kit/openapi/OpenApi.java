package io.millrace.kit.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI document, to hold answers against; for the tests of all services. */
public record OpenApi(JsonNode document) {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    /** The document as it is in the archive. */
    public static OpenApi packaged() {
        try (InputStream yaml = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            return parse(Objects.requireNonNull(yaml).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as it was served. */
    public static OpenApi parse(byte[] yaml) {
        return new OpenApi(new YAMLMapper().readTree(yaml));
    }

    /** Every answer there is: {@code GET /v1/x 200}, or {@code GET /v1/x 400 code}. */
    public Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, operations) -> METHODS.stream()
                        .filter(operations::has)
                        .forEach(method -> operations
                                .path(method)
                                .path("responses")
                                .forEachEntry((status, response) -> {
                                    String answer = method.toUpperCase(Locale.ROOT) + " " + path + " " + status;
                                    List<String> codes = problemCodes(resolved(response));
                                    if (codes.isEmpty()) {
                                        answers.add(answer);
                                    }
                                    codes.forEach(code -> answers.add(answer + " " + code));
                                })));
        return answers;
    }

    /** The closed list of codes that a shared response allows. */
    public List<String> problemCodes(String response) {
        return problemCodes(document.at("/components/responses/" + response));
    }

    private static List<String> problemCodes(JsonNode response) {
        JsonNode code = response.at("/content/application~1problem+json/schema/allOf/1/properties/code");
        List<String> codes = new ArrayList<>();
        code.path("enum").forEach(value -> codes.add(value.asString()));
        if (code.has("const")) {
            codes.add(code.path("const").asString());
        }
        return codes;
    }

    /**
     * What is wrong with an answer.
     *
     * @return empty when the document has such an answer, of this form
     */
    public List<String> faults(String path, String method, int status, String contentType, String body) {
        JsonNode response = resolved(
                document.path("paths").path(path).path(method).path("responses").path(Integer.toString(status)));
        JsonNode schema = response.path("content").path(contentType).path("schema");
        if (schema.isMissingNode()) {
            return List.of("not documented: %s %s %d %s".formatted(method, path, status, contentType));
        }
        if (schema.path("type").asString("").equals("string")) {
            return List.of();
        }
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.path("components"));
        Schema checked = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
        return checked.validate(JSON.readTree(body)).stream()
                .map(Error::toString)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        String ref = node.path("$ref").asString("");
        return ref.isEmpty() ? node : document.at(ref.substring(1));
    }
}
