package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import io.millrace.log.Tenant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies that ask for replays. Nothing unknown is passed over: it might have narrowed the selection. */
final class ReplayBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ReplayBody() {}

    /** {@return what the body asks for} */
    static ReplayOrder parse(byte[] body, int lettersMax) {
        JsonNode root = object(read(body), Set.of("positions", "filter", "limit", "dry_run", "mend"), "the body");
        if (root.has("positions") == root.has("filter")) {
            throw invalid("It names either positions or a filter");
        }
        if (root.has("positions") && root.has("limit")) {
            throw invalid("limit goes with a filter");
        }
        return new ReplayOrder(
                root.has("positions") ? positions(root.get("positions"), lettersMax) : null,
                root.has("filter") ? filter(root.get("filter")) : LetterFilter.ALL,
                limit(root.get("limit"), lettersMax),
                mending(root.get("mend")),
                flag(root, "dry_run"));
    }

    private static List<LogPosition> positions(JsonNode node, int lettersMax) {
        if (!node.isArray() || node.isEmpty() || node.size() > lettersMax) {
            throw invalid("positions is an array of 1 to " + lettersMax + " positions");
        }
        Set<LogPosition> positions = new LinkedHashSet<>();
        for (JsonNode position : node) {
            positions.add(Positions.parse(position.isString() ? position.stringValue() : "")
                    .orElseThrow(() -> invalid("A position is a string such as \"1-3-1234\"")));
        }
        return List.copyOf(positions);
    }

    private static LetterFilter filter(JsonNode node) {
        Map<String, String> values = new HashMap<>();
        JsonNode filter = object(node, FilterText.NAMES, "filter");
        filter.forEachEntry((name, value) -> {
            if (!value.isString() && !value.isIntegralNumber()) {
                throw invalid("Filters are strings and whole numbers");
            }
            values.put(name, value.asString());
        });
        return FilterText.parse(values);
    }

    private static int limit(@Nullable JsonNode node, int lettersMax) {
        if (node == null) {
            return lettersMax;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < 1
                || node.intValue() > lettersMax) {
            throw LetterProblem.LIMIT_INVALID.because("limit is 1 to " + lettersMax);
        }
        return node.intValue();
    }

    private static Mending mending(@Nullable JsonNode node) {
        if (node == null) {
            return Mending.NONE;
        }
        JsonNode mend = object(node, Set.of("tenant", "content_type", "unmark"), "mend");
        String tenant = text(mend, "tenant");
        String contentType = text(mend, "content_type");
        if (tenant != null && !Tenant.isValid(tenant)) {
            throw invalid("mend.tenant is no tenant's name");
        }
        if (contentType != null && !Mending.CONTENT_TYPES.contains(contentType)) {
            throw invalid("mend.content_type is one of "
                    + String.join(", ", Mending.CONTENT_TYPES.stream().sorted().toList()));
        }
        return new Mending(tenant == null ? null : new Tenant(tenant), contentType, flag(mend, "unmark"));
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw invalid(name + " is a string");
        }
        return node.stringValue();
    }

    private static boolean flag(JsonNode object, String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            throw invalid(name + " is true or false");
        }
        return node.booleanValue();
    }

    private static JsonNode object(JsonNode node, Set<String> members, String what) {
        if (!node.isObject() || !members.containsAll(node.propertyNames())) {
            throw invalid(what + " is an object with the members "
                    + String.join(", ", members.stream().sorted().toList()));
        }
        return node;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            throw invalid("It is not one JSON value");
        }
    }

    private static RuntimeException invalid(String detail) {
        return LetterProblem.BODY_INVALID.because(detail);
    }
}
