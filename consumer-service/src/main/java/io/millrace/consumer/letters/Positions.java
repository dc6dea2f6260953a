package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Positions as text, {@code <log>-<partition>-<offset>}: the name of a letter everywhere. */
final class Positions {
    /** On a record that was produced again: the letter that it comes from. */
    static final String REPLAY_OF_HEADER = "millrace-replay-of";

    static final Comparator<LogPosition> ORDER = Comparator.comparingInt(LogPosition::logId)
            .thenComparingInt(LogPosition::partition)
            .thenComparingLong(LogPosition::offset);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,5})-(\\d{1,18})");

    private Positions() {}

    /** {@return the position that a text names, if it names one} */
    static Optional<LogPosition> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogPosition(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Long.parseLong(parts.group(3))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** {@return the letter that a record is a replay of, if it is one} */
    static Optional<LogPosition> replayOf(Headers headers) {
        Header header = headers.lastHeader(REPLAY_OF_HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : parse(new String(header.value(), StandardCharsets.UTF_8));
    }
}
