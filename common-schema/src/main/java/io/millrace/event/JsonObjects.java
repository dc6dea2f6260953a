package io.millrace.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON objects as text, put together and looked into without a tree. What is handed in is valid JSON. */
final class JsonObjects {
    private JsonObjects() {}

    /** {@return an object of members whose values are texts} */
    static String ofTexts(Map<String, String> members) {
        return object(members, (json, text) -> json.writeString(whole(text)));
    }

    /** {@return an object of members whose values are JSON} */
    static String ofJson(Map<String, String> members) {
        return object(members, (json, value) -> json.writeRawValue(value));
    }

    private static String object(Map<String, String> members, BiConsumer<JsonGenerator, String> value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            members.forEach((name, text) -> {
                json.writeName(whole(name));
                value.accept(json, text);
            });
            json.writeEndObject();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** {@return the object that has the members of both} */
    static String joined(String first, String second) {
        String members = first.substring(0, first.lastIndexOf('}'));
        if (members.substring(1).isBlank()) {
            return second;
        }
        String more = second.substring(1);
        return more.substring(0, more.lastIndexOf('}')).isBlank() ? first : members + ',' + more;
    }

    /** {@return a string with that text} */
    static String quoted(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 2);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeString(whole(text));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Half of a surrogate pair, which an escape may hide, cannot be written. */
    private static String whole(String text) {
        EventLimits.requireUnicode(InvalidEvent.Code.PROPERTIES_INVALID, text);
        return text;
    }

    /** {@return the text of a string, or of any other scalar; else an empty one} */
    static String text(String json) {
        if (json.isEmpty()) {
            return "";
        }
        try (JsonParser parser = Json.parser(json)) {
            return text(parser, parser.nextToken());
        }
    }

    /** {@return the text of an object's member, empty when it has none, or one that is no scalar} */
    static String member(String object, String name) {
        try (JsonParser parser = Json.parser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (String found = parser.nextName(); found != null; found = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (found.equals(name)) {
                    return text(parser, token);
                }
                parser.skipChildren();
            }
            return "";
        }
    }

    private static String text(JsonParser parser, JsonToken token) {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : "";
    }
}
