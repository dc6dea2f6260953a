package io.millrace.ingestion.rules;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import io.millrace.event.Event;
import io.millrace.event.EventJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema that events are held against in the form of our own ({@link EventJson}), whatever form they came in: with
 * the id that was made for them, a timestamp in RFC 3339, and without members that have no value.
 */
final class EventSchema {
    /** Numbers become floating-point ones: exact ones of a size of their sender's choice would take any time. */
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Schema schema;
    private final long stepsMax;

    EventSchema(Schema schema, long stepsMax) {
        this.schema = schema;
        this.stepsMax = stepsMax;
    }

    /** {@return why the event does not match, if it does not: where, and what is wrong there} */
    Optional<String> mismatch(Event event) {
        try {
            JsonNode json = JSON.readTree(EventJson.write(event));
            return schema.validate(json).stream().findFirst().map(EventSchema::text);
        } catch (ValidationLimitExceededException e) {
            return Optional.of("to hold it against the schema takes more than %d steps or %d levels"
                    .formatted(stepsMax, SchemaCompiler.DEPTH_MAX));
        } catch (JacksonException e) {
            return Optional.of("it cannot be held against a schema: a number or a name in it is too long");
        }
    }

    private static String text(Error error) {
        String where = error.getInstanceLocation().toString();
        return where.isEmpty() ? error.getMessage() : where + ": " + error.getMessage();
    }
}
