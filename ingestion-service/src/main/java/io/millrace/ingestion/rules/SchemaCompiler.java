package io.millrace.ingestion.rules;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes schemas of texts: JSON Schema, draft 2020-12. {@code format} says something about a value and forbids none, as
 * that draft has it by default. References lead to the schema itself and to nothing beside the draft's own: nothing is
 * ever fetched.
 */
public final class SchemaCompiler {
    /** Objects and arrays within one another in a schema. */
    static final int NESTING_MAX = 64;

    /** Schemas within one another while an event is held against them; a reference that leads to itself ends here. */
    static final int DEPTH_MAX = 200;

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final long stepsMax;
    private final Schema draft;

    /**
     * A compiler.
     *
     * @param stepsMax schemas and keywords that one event may be held against
     */
    SchemaCompiler(long stepsMax) {
        this.stepsMax = stepsMax;
        this.draft = registry(SchemaRegistryConfig.builder().locale(Locale.ROOT).build())
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    }

    /**
     * Looks whether a text is a schema that can be used.
     *
     * @throws IllegalArgumentException when it is none: where, and why
     */
    public void requireUsable(String text) {
        var _ = compile(text);
    }

    /**
     * Makes a schema ready for use.
     *
     * @throws IllegalArgumentException when it is none: where, and why
     */
    EventSchema compile(String text) {
        JsonNode json = read(text);
        List<Error> errors = draft.validate(json);
        if (!errors.isEmpty()) {
            throw invalid(errors.getFirst().toString());
        }
        try {
            Schema schema = registry(config()).getSchema(json);
            schema.initializeValidators();
            return new EventSchema(schema, stepsMax);
        } catch (SchemaException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                throw invalid("it must be a JSON object");
            }
            return json;
        } catch (JacksonException e) {
            throw invalid("it is no JSON that can be read: " + e.getOriginalMessage());
        }
    }

    private SchemaRegistryConfig config() {
        return SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .regularExpressionFactory(new LinearExpressions())
                .executionContextCustomizer((context, _) -> context.executionConfig(config -> config.failFast(true)
                        .locale(Locale.ROOT)
                        .maxEvaluationSteps(stepsMax)
                        .maxEvaluationDepth(DEPTH_MAX)))
                .build();
    }

    /** One for each schema, since a registry remembers schemas by their names. */
    private static SchemaRegistry registry(SchemaRegistryConfig config) {
        return SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                registry -> registry.schemaRegistryConfig(config)
                        .schemaLoader(loader ->
                                loader.allow(location -> location.toString().startsWith(DRAFT))));
    }

    private static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException("schema: " + why);
    }
}
