package io.millrace.log;

import java.nio.charset.StandardCharsets;

/**
 * What makes a record a dead letter whatever its value is: its writer said so, in {@link EventTopic#DEAD_LETTER_HEADER}.
 * What a tenant's rules say of an event can change, and a record's fate cannot; so what they said stands in the record.
 *
 * @param reason stable code
 * @param detail for people; cut at {@value #DETAIL_CHARACTERS_MAX} characters
 */
public record DeadLetterMark(String reason, String detail) {
    /** The event is not what its tenant requires of events of its type. */
    public static final String SCHEMA_MISMATCH = "schema_mismatch";

    /** The mark is none of this release. */
    public static final String MARK_UNKNOWN = "mark_unknown";

    static final int DETAIL_CHARACTERS_MAX = 500;

    public DeadLetterMark {
        detail = cut(detail);
    }

    /** {@return the mark of an event that a schema does not let pass} */
    public static DeadLetterMark schemaMismatch(String detail) {
        return new DeadLetterMark(SCHEMA_MISMATCH, detail);
    }

    /** The header's value: the reason, a space, and the detail in UTF-8. */
    byte[] toHeader() {
        return (reason + ' ' + detail).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads any value; what is no reason of ours does not become one, as reasons are few. */
    static DeadLetterMark read(byte[] header) {
        String text = new String(header, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        String reason = space < 0 ? text : text.substring(0, space);
        return reason.equals(SCHEMA_MISMATCH)
                ? schemaMismatch(space < 0 ? "" : text.substring(space + 1))
                : new DeadLetterMark(
                        MARK_UNKNOWN, "the header " + EventTopic.DEAD_LETTER_HEADER + " says nothing that is known");
    }

    private static String cut(String text) {
        if (text.length() <= DETAIL_CHARACTERS_MAX) {
            return text;
        }
        boolean withinPair = Character.isHighSurrogate(text.charAt(DETAIL_CHARACTERS_MAX - 1));
        return text.substring(0, withinPair ? DETAIL_CHARACTERS_MAX - 1 : DETAIL_CHARACTERS_MAX);
    }
}
