package io.millrace.event;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** A parser over bytes together with the bytes, for parts that are kept as they were sent. */
final class JsonInput {
    private final byte[] bytes;
    private final int base;
    private final JsonParser parser;

    /**
     * Over some bytes.
     *
     * @param bytes what the parser reads
     * @param base where in them it began: it counts from there
     */
    JsonInput(byte[] bytes, int base, JsonParser parser) {
        this.bytes = bytes;
        this.base = base;
        this.parser = parser;
    }

    JsonParser parser() {
        return parser;
    }

    /** {@return where the token begins at which the parser stands} */
    int tokenStart() {
        return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** {@return how far the parser has read; behind a token that is not a scalar, its end} */
    int position() {
        return base + (int) parser.currentLocation().getByteOffset();
    }

    /**
     * Moves to the end of the value at which the parser stands.
     *
     * @return its JSON: as it was sent, if it is an object or an array
     * @throws InvalidEventException when it is a string that no UTF-8 can say
     */
    String value(JsonToken token) {
        return switch (token) {
            case START_OBJECT, START_ARRAY -> {
                int start = tokenStart();
                parser.skipChildren();
                yield text(start, position());
            }
            case VALUE_STRING -> JsonObjects.quoted(parser.getString());
            case null -> throw new StreamReadException(parser, "the JSON ends early");
            default -> parser.getString();
        };
    }

    /** {@return the text between two places} */
    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
