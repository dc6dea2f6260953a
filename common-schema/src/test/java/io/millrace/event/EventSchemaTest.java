package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schema and the parser say the same. */
class EventSchemaTest {
    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                EventSchemaTest.class.getResourceAsStream("/schema/event.schema.json"), "event.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), UTF_8), InputFormat.JSON);
        }
    }

    @Test
    void allowsWhateverWeWrite() {
        RandomEvents random = new RandomEvents(21);
        for (int i = 0; i < 500; i++) {
            String json = new String(EventJson.write(random.next()), UTF_8);
            assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event_type\":\"a\"}",
                "{\"event_type\":\"a\",\"event_id\":null,\"timestamp\":null,\"properties\":null}",
                "{\"event_type\":\"a\",\"timestamp\":0}",
                "{\"event_type\":\"a\",\"timestamp\":4294857600000}",
                "{\"event_type\":\"a\",\"timestamp\":4294857600001}",
                "{\"event_type\":\"a\",\"timestamp\":-1}",
                "{\"event_type\":\"a\",\"timestamp\":\"2001-01-01T00:00:00+01:00\"}",
                "{\"event_type\":\"a\",\"timestamp\":\"2001-01-01T00:00:00\"}",
                "{\"event_type\":\"a\",\"timestamp\":\"2001-01-01\"}",
                "{\"event_type\":\"a\",\"order_amount\":-999999999999.5}",
                "{\"event_type\":\"a\",\"order_amount\":1000000000000}",
                "{\"event_type\":\"a\",\"order_amount\":\"1\"}",
                "{\"event_type\":\"a\",\"properties\":[]}",
                "{\"event_type\":\"a\\u0007\"}",
                "{\"event_type\":\"\"}",
                "{\"event_type\":null}",
                "{\"event_id\":\"x\"}",
                "{\"event_type\":\"a\",\"event_id\":\"\"}",
                "{\"event_type\":\"a\",\"eventId\":\"x\"}",
                "{\"event_type\":\"a\",\"user_id\":7}",
                "[]",
                "7"
            })
    void agreesWithTheParser(String json) {
        boolean allowed = schema.validate(json, InputFormat.JSON).isEmpty();
        assertThat(EventJson.parse(json.getBytes(UTF_8)) instanceof Event).isEqualTo(allowed);
    }
}
