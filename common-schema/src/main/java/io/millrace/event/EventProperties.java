package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The free part of an event: one JSON object, whose text is kept exactly as it was sent. */
public final class EventProperties {
    private final String json;

    private EventProperties(String json) {
        this.json = json;
    }

    /**
     * Checks and wraps the text of one JSON object.
     *
     * @throws InvalidEventException when it is anything else or beyond {@link EventLimits}
     */
    public static EventProperties of(String json) {
        EventLimits.requireUnicode(Code.PROPERTIES_INVALID, json);
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("must be a JSON object");
            }
            walk(parser, mayHideHalfSurrogate(json));
            if (parser.nextToken() != null) {
                throw invalid("has text behind the JSON object");
            }
            return new EventProperties(json);
        } catch (JacksonException e) {
            throw invalid("is not valid JSON: " + e.getOriginalMessage());
        }
    }

    /** Wraps what {@link #walk} has passed over already. */
    static EventProperties walked(String json, JsonParser parser) {
        if (mayHideHalfSurrogate(json)) {
            return of(json);
        }
        assert parser.currentToken() == JsonToken.END_OBJECT;
        return new EventProperties(json);
    }

    /** Wraps what {@link EventScanner} has passed over already. */
    static EventProperties scanned(String json) {
        return new EventProperties(json);
    }

    /** The text of the object, as it was sent. */
    public String json() {
        return json;
    }

    /**
     * The top-level keys with their values as text, in the order sent; of equal keys the last counts. This is the form
     * in which ClickHouse keeps, filters and groups them: see {@link PropertyText}.
     */
    public Map<String, String> toTextMap() {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = Json.parser(json)) {
            parser.nextToken();
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                JsonToken token = parser.nextToken();
                values.put(key, PropertyText.encode(json, parser, token));
            }
        }
        return values;
    }

    /**
     * How large its parts are.
     *
     * @param depth of objects and arrays, the event itself being the first and this object the second
     * @param keys at its top level
     * @param longestKey UTF-8 bytes of the longest key at its top level
     * @param longestString UTF-8 bytes of the longest string anywhere in it
     */
    public record Shape(int depth, int keys, int longestKey, int longestString) {}

    /** {@return how large its parts are, by going through it} */
    public Shape shape() {
        int depth = 2;
        int deepest = 2;
        int keys = 0;
        int longestKey = 0;
        int longestString = 0;
        try (JsonParser parser = Json.parser(json)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> deepest = Math.max(deepest, ++depth);
                    case END_OBJECT, END_ARRAY -> depth--;
                    case PROPERTY_NAME -> {
                        if (depth == 2) {
                            keys++;
                            longestKey = Math.max(longestKey, Utf8.length(parser.currentName()));
                        }
                    }
                    case VALUE_STRING -> longestString = Math.max(longestString, Utf8.length(parser.getString()));
                    default -> {}
                }
            }
        }
        return new Shape(deepest, keys, longestKey, longestString);
    }

    /**
     * Moves from the object's start to its end, checking keys and depth on the way.
     *
     * @param checkUnicode of keys and strings, too
     */
    static void walk(JsonParser parser, boolean checkUnicode) {
        int depth = 1;
        int keys = 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    // The event itself is the first level, properties the second.
                    if (++depth >= EventLimits.NESTING_MAX) {
                        throw new InvalidEventException(
                                Code.NESTING_TOO_DEEP, "nested deeper than " + EventLimits.NESTING_MAX + " levels");
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> {
                    if (checkUnicode) {
                        EventLimits.requireUnicode(Code.PROPERTIES_INVALID, parser.currentName());
                    }
                    if (depth == 1) {
                        checkKey(parser.currentName(), ++keys);
                    }
                }
                case VALUE_STRING -> {
                    if (checkUnicode) {
                        EventLimits.requireUnicode(Code.PROPERTIES_INVALID, parser.getString());
                    }
                }
                case null -> throw invalid("ends early");
                default -> {}
            }
        }
    }

    private static void checkKey(String key, int keys) {
        if (Utf8.isLongerThan(key, EventLimits.PROPERTY_KEY_BYTES_MAX)) {
            throw new InvalidEventException(
                    Code.KEY_TOO_LONG,
                    "a key of properties is longer than " + EventLimits.PROPERTY_KEY_BYTES_MAX + " bytes");
        }
        if (keys > EventLimits.PROPERTY_KEYS_MAX) {
            throw new InvalidEventException(
                    Code.TOO_MANY_KEYS, "properties has more than " + EventLimits.PROPERTY_KEYS_MAX + " keys");
        }
    }

    /** Only an escape can make half of a surrogate pair in text that has a UTF-8 form. */
    private static boolean mayHideHalfSurrogate(String json) {
        return json.contains("\\u") && (json.contains("\\ud") || json.contains("\\uD"));
    }

    private static InvalidEventException invalid(String why) {
        return new InvalidEventException(Code.PROPERTIES_INVALID, "properties " + why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventProperties that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json;
    }
}
