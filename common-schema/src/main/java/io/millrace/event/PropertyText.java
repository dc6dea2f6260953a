package io.millrace.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How a property's JSON value is written as text, so that people can read and filter it in SQL and nothing is lost: a
 * string stands bare ({@code DTW}), every other value as its JSON text ({@code 66}, {@code true}, {@code {"a":1}}), and a
 * string that bare would read as another JSON value keeps its quotes ({@code "66"}).
 */
public final class PropertyText {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private PropertyText() {}

    /** The text of a string value. */
    public static String ofString(String value) {
        return readsAsJson(value) ? quote(value) : value;
    }

    /** The value at which the parser over {@code json} stands; afterwards it stands at the value's end. */
    static String encode(String json, JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return ofString(parser.getString());
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return json.substring(start, (int) parser.currentLocation().getCharOffset());
        }
        return parser.getString();
    }

    /** The JSON object whose {@link EventProperties#toTextMap} is this map; the inverse of it, but for white space. */
    public static String toJson(Map<String, String> texts) {
        StringBuilder json = new StringBuilder("{");
        texts.forEach((key, text) -> {
            json.append(json.length() == 1 ? "" : ",").append(quote(key)).append(':');
            json.append(readsAsJson(text) ? text : quote(text));
        });
        return json.append('}').toString();
    }

    /**
     * Whether bare text would be taken for a JSON value that is not a bare string. What starts like a container or a
     * quoted string counts as one, well-formed or not: {@link #ofString} quotes all of those.
     */
    private static boolean readsAsJson(String text) {
        if (text.isEmpty()) {
            return false;
        }
        return switch (text.charAt(0)) {
            case '{', '[', '"' -> true;
            case 't' -> text.equals("true");
            case 'f' -> text.equals("false");
            case 'n' -> text.equals("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                NUMBER.matcher(text).matches();
            default -> false;
        };
    }

    /** The same of the UTF-8 bytes of a text. */
    static boolean readsAsJson(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        return switch (bytes[from]) {
            case '{', '[', '"' -> true;
            case 't' -> equal(bytes, from, to, TRUE);
            case 'f' -> equal(bytes, from, to, FALSE);
            case 'n' -> equal(bytes, from, to, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonNumber.end(bytes, from, to) == to;
            default -> false;
        };
    }

    private static boolean equal(byte[] bytes, int from, int to, byte[] word) {
        return Arrays.equals(bytes, from, to, word, 0, word.length);
    }

    private static String quote(String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length() + 16);
        try (JsonGenerator generator = Json.generator(out)) {
            generator.writeString(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not valid Unicode", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
