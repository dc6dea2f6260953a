package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an event in JSON, in the form of our own. */
enum EventField {
    EVENT_ID(Code.EVENT_ID_INVALID),
    EVENT_TYPE(Code.EVENT_TYPE_INVALID),
    TIMESTAMP(Code.TIMESTAMP_INVALID),
    USER_ID(Code.USER_ID_INVALID),
    SESSION_ID(Code.SESSION_ID_INVALID),
    PRODUCT_ID(Code.PRODUCT_ID_INVALID),
    ORDER_AMOUNT(Code.ORDER_AMOUNT_INVALID),
    PROPERTIES(Code.PROPERTIES_INVALID);

    private static final EventField[] ALL = values();
    private static final byte[][] NAMES = Arrays.stream(ALL)
            .map(field -> field.wire.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private final Code invalid;
    private final String wire = name().toLowerCase(Locale.ROOT);

    EventField(Code invalid) {
        this.invalid = invalid;
    }

    /** {@return the code of a value that it cannot have} */
    Code invalid() {
        return invalid;
    }

    /** {@return its name in JSON} */
    String wire() {
        return wire;
    }

    /** {@return the one of that name, null if there is none} */
    static @Nullable EventField of(String name) {
        for (EventField field : ALL) {
            if (field.wire.equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** {@return the one whose name stands between these positions, null if there is none} */
    static @Nullable EventField of(byte[] json, int from, int to) {
        for (int i = 0; i < NAMES.length; i++) {
            if (Arrays.equals(json, from, to, NAMES[i], 0, NAMES[i].length)) {
                return ALL[i];
            }
        }
        return null;
    }
}
