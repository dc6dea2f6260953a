package io.millrace.ingestion.admin;

import io.millrace.ingestion.rules.EventRule;
import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.ingestion.rules.OnMismatch;
import io.millrace.ingestion.rules.StoredRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of rules. What is wrong with a request is said in its 400. */
final class RuleJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RuleJson() {}

    static EventRule rule(String eventType, byte[] body) {
        JsonNode object = AdminJson.object(body, Set.of("drop", "sample_one_in", "schema", "on_mismatch"));
        try {
            return new EventRule(eventType, drop(object), sampleOneIn(object), requirement(object));
        } catch (IllegalArgumentException e) {
            throw AdminJson.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static boolean drop(JsonNode object) {
        JsonNode drop = member(object, "drop");
        if (drop == null) {
            return false;
        }
        if (!drop.isBoolean()) {
            throw AdminJson.invalid("drop must be true or false");
        }
        return drop.booleanValue();
    }

    private static int sampleOneIn(JsonNode object) {
        JsonNode oneIn = member(object, "sample_one_in");
        if (oneIn == null) {
            return 1;
        }
        if (!oneIn.isIntegralNumber() || !oneIn.canConvertToInt()) {
            throw AdminJson.invalid("sample_one_in must be a whole number");
        }
        return oneIn.intValue();
    }

    private static @Nullable Requirement requirement(JsonNode object) {
        JsonNode schema = member(object, "schema");
        String onMismatch = AdminJson.text(object, "on_mismatch");
        if (schema == null && onMismatch != null) {
            throw AdminJson.invalid("on_mismatch goes with schema");
        }
        if (schema == null) {
            return null;
        }
        if (!schema.isObject()) {
            throw AdminJson.invalid("schema must be a JSON object");
        }
        return new Requirement(
                schema.toString(),
                OnMismatch.of(onMismatch == null ? OnMismatch.REJECT.text() : onMismatch)
                        .orElseThrow(() -> AdminJson.invalid("on_mismatch must be reject or dead_letter")));
    }

    private static @Nullable JsonNode member(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    static Map<String, Object> of(StoredRule stored) {
        EventRule rule = stored.rule();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event_type", rule.eventType());
        if (rule.drop()) {
            json.put("drop", true);
        }
        if (rule.sampleOneIn() > 1) {
            json.put("sample_one_in", rule.sampleOneIn());
        }
        Requirement requirement = rule.requirement();
        if (requirement != null) {
            json.put("schema", schema(requirement.schema()));
            json.put("on_mismatch", requirement.onMismatch().text());
        }
        json.put("created_at", stored.createdAt().toString());
        json.put("updated_at", stored.updatedAt().toString());
        return json;
    }

    /** As text where it is no JSON, which only a hand in the database can have made it. */
    private static Object schema(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) {
            return text;
        }
    }
}
