package io.millrace.prove.traffic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a producer wrote on a record about itself, so that the recount needs no code that is being tested.
 *
 * @param isEvent whether it is an event; else it must become a dead letter
 * @param named whether it has an id of its own, and so can have duplicates
 * @param tenant whose it is
 * @param type its type, of a dead letter its reason, or {@link #ANY}
 * @param weight how many events it stands for
 * @param amountMicros its amount in millionths
 * @param timestampMillis when it happened; absent means when it was received
 */
public record Note(
        boolean isEvent,
        boolean named,
        String tenant,
        String type,
        int weight,
        @Nullable Long amountMicros,
        @Nullable Long timestampMillis) {
    /** A reason that is left to the decoder, as with random bytes. */
    public static final String ANY = "any";

    private static final String HEADER = "millrace-prove";
    private static final int FIELDS = 7;

    static Note refused(String reason) {
        return new Note(false, false, "", reason, 0, null, null);
    }

    void writeTo(Headers headers) {
        String text = String.join(
                "\t",
                Boolean.toString(isEvent),
                Boolean.toString(named),
                tenant,
                type,
                Integer.toString(weight),
                text(amountMicros),
                text(timestampMillis));
        headers.add(HEADER, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The note on a record of this run; there are no others in its topic. */
    public static Note of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            throw new IllegalStateException("a record that this run did not send");
        }
        String[] fields = new String(header.value(), StandardCharsets.UTF_8).split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalStateException("a note that this run did not write");
        }
        return new Note(
                Boolean.parseBoolean(fields[0]),
                Boolean.parseBoolean(fields[1]),
                fields[2],
                fields[3],
                Integer.parseInt(fields[4]),
                number(fields[5]),
                number(fields[6]));
    }

    private static String text(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }
}
